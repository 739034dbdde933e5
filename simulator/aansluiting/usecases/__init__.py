"""Ask for a connection, take it step by step into production, and end it."""
