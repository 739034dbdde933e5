"""What can be done with the Berichtenbox: each a unit of work."""
