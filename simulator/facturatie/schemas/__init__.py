"""The wire form of invoices, tariffs and prognoses: amounts in whole cents, prices in euro as text."""
