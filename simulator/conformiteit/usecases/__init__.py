"""What the checklist and the report are made of, and when a sample of an exchange is kept."""
