"""What an Afnemer is made of; pure Python, nothing stored."""
