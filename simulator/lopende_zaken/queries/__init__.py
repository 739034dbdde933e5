"""What Lopende Zaken asks of its tables."""
