"""What a Gebruiker can change, and what that means for who sends post."""
