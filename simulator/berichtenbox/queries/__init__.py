"""What the Berichtenbox asks of its tables."""
