"""What is steered, one file for each noun."""
