"""The XSDs that documents are validated with."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.infra.late import Late

if TYPE_CHECKING:
    from lxml import etree
else:
    etree = Late("lxml.etree")

_threads = threading.local()
_compiling = threading.Lock()
"""libxml2 makes its table of types at the first schema of a process; two threads at once can break it for good."""


def load_schema(file: Path) -> "etree.XMLSchema":
    """The schema in a file; one per thread, because lxml keeps the errors of a validation inside it."""
    schemas: dict[Path, etree.XMLSchema] = _threads.__dict__.setdefault("schemas", {})
    if file not in schemas:
        with _compiling:
            schemas[file] = etree.XMLSchema(file=str(file))
    return schemas[file]
