"""What the tables know of weblinks."""
