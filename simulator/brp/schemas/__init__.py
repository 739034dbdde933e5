"""The wire forms of Haal Centraal: questions, persons, and which fields of them."""
