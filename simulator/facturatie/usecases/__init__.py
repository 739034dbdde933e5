"""Close months and years, invoice in advance, credit, forecast, and prove that it all agrees."""
