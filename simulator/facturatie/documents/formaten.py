"""The forms in which an invoice can be taken away, each with its media type and the name of the file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from simulator.facturatie.documents.csv import CSV_TYPE, as_csv
from simulator.facturatie.documents.pdf import as_pdf
from simulator.facturatie.documents.ubl import UBL_TYPE, as_ubl
from simulator.facturatie.values import Factuur
from simulator.infra.pdf import PDF_TYPE


@dataclass(frozen=True, slots=True)
class Formaat:
    """One form; JSON is not among them, because it is part of the API itself."""

    naam: str
    """For people: ``PDF``, ``UBL``, ``CSV``."""
    media_type: str
    extensie: str
    write: Callable[[Factuur], bytes]

    @property
    def content_type(self) -> str:
        """The media type with the encoding, where it is text."""
        return f"{self.media_type}; charset=utf-8" if self.media_type == CSV_TYPE else self.media_type

    def filename(self, factuur: Factuur) -> str:
        """``factuur-2022-00012.pdf``."""
        return f"factuur-{factuur.nummer}.{self.extensie}"


def _csv(factuur: Factuur) -> bytes:
    return as_csv(factuur).encode()


FORMATEN: Mapping[str, Formaat] = {
    "pdf": Formaat("PDF", PDF_TYPE, "pdf", as_pdf),
    "ubl": Formaat("UBL", UBL_TYPE, "xml", as_ubl),
    "csv": Formaat("CSV", CSV_TYPE, "csv", _csv),
}
"""By the name that an address or a command gives them."""
