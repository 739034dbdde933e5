"""What a weblink to a dossier must be, and what is made of what was found there."""
