"""What can be refused: the rules that say so, and the refusals that cite them."""
