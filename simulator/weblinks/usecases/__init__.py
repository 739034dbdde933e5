"""Register domains and weblinks, check them, and tell their Afnemer."""
