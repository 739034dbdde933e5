"""What Logius and Afnemers do with the Voorwaarden."""
