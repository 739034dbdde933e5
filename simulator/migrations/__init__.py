"""The versions of an omgeving's database: one line of them, for SQLite and PostgreSQL alike."""
