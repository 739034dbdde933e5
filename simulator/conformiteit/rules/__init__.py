"""What has to be shown, which rules an Afnemer can reach, and what may be kept of an exchange."""
