"""Whether a bericht may be delivered: the catalogue of rules, and the judgement that applies them."""
