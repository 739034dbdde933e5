"""Invoices as they were issued, and the tariffs that hold in an omgeving."""
