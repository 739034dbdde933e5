"""What is done with zaken: deliver, look, tell, fetch, prove."""
