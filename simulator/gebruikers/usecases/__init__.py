"""What a Gebruiker can change."""
