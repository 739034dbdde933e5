"""The Voorwaarden as values: what each article says, and what the simulator does with it."""
