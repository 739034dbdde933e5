"""Host names and the states of a weblink; pure Python, nothing stored."""
