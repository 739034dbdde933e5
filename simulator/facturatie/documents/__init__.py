"""An invoice as people and programs read it: HTML, PDF, CSV and UBL, each a pure function of the ``Factuur``."""
