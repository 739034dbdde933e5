from tests.leveranciersportaal.conftest import leverancier

__all__ = ["leverancier"]
