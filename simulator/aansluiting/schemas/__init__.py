"""What travels about a connection."""
