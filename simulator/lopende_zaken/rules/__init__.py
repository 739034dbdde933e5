"""What may be delivered about a zaak, and what the citizen sees of it: pure Python."""
