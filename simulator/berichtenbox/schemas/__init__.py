"""The wire of the Berichtenbox: what goes over it, field by field, in JSON and in XML."""
