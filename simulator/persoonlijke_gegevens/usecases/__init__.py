"""Deliver data, register sources, ask them, and show what they say."""
