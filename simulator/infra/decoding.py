"""Decoders of msgspec, each made by one thread.

msgspec 0.22 remembers what a Struct is made of while it finds out. A second thread that meets the same Struct for the
first time at that moment reads what is not there yet, and the process dies (``json_decode_struct_map_inner``).
"""

import threading
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")
_DECODERS: dict[Any, msgspec.json.Decoder[Any]] = {}
_making = threading.Lock()


def json_decoder(kind: type[T]) -> msgspec.json.Decoder[T]:
    """The decoder of JSON as ``kind``. After it, ``kind`` may be given to any function of msgspec."""
    found = _DECODERS.get(kind)
    if found is None:
        with _making:
            found = _DECODERS[kind] = _DECODERS.get(kind) or msgspec.json.Decoder(cast("Any", kind))
    return found
