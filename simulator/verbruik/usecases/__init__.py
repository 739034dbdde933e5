"""Write verbruik down, and mend its totals."""
