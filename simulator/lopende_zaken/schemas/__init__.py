"""The wire forms of zaken: JSON in the vocabulary of the ZGW APIs, StUF-ZKN, and notifications."""
