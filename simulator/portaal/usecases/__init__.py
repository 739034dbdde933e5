"""What the portaal asks of the rooms below it, one file for each noun."""
