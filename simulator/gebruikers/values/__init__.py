"""What a Gebruiker is made of, and the computed population; pure Python, nothing stored."""
