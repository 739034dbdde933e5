from tests.browsing import chromium, plek

__all__ = ["chromium", "plek"]
