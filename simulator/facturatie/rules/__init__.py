"""Which tariff holds, what it makes of what was used, and which invoice follows from that."""
