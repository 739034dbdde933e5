"""The shell a citizen sees: home, menu, base template, static files."""
