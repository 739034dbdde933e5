"""What an Afnemer does in its portal, one file for each noun."""
