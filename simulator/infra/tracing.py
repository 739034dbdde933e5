"""W3C Trace Context: which trace a request belongs to, and which operation of somebody else caused it."""

import re
from dataclasses import dataclass

from simulator.infra.ids import new_operation_id, new_trace_id

HEADER = "traceparent"
_FORM = re.compile(r"(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}\Z")
_NOTHING = frozenset({"0"})


@dataclass(frozen=True, slots=True)
class Trace:
    """One operation of ours in a trace."""

    trace_id: bytes
    operation_id: bytes
    parent_id: bytes | None = None
    """The operation of ours that this one is a part of."""
    foreign_id: bytes | None = None
    """The operation of somebody else that asked for this one."""

    @property
    def traceparent(self) -> str:
        """The header that tells others about this operation; everything is recorded, so the flag is always on."""
        return f"00-{self.trace_id.hex()}-{self.operation_id.hex()}-01"

    @property
    def asked_by(self) -> str:
        """The header by which somebody else asked for this, to go on with later; empty when nobody did."""
        return f"00-{self.trace_id.hex()}-{self.foreign_id.hex()}-01" if self.foreign_id else ""

    def begin_part(self) -> "Trace":
        """A new operation inside this one."""
        return Trace(self.trace_id, new_operation_id(), self.operation_id)

    def begin_beside(self) -> "Trace":
        """A new operation with the same cause as this one: the same work, for another person."""
        return Trace(self.trace_id, new_operation_id(), self.parent_id, self.foreign_id)


def begin_trace() -> Trace:
    """An operation that nobody asked for from elsewhere, in a new trace."""
    return Trace(new_trace_id(), new_operation_id())


def read_trace(traceparent: str) -> Trace:
    """An operation in the trace that the header names; in a new trace when there is none, or it cannot be read."""
    found = _FORM.match(traceparent.strip())
    if found is None or set(found[1]) == _NOTHING or set(found[2]) == _NOTHING:
        return begin_trace()
    return Trace(bytes.fromhex(found[1]), new_operation_id(), foreign_id=bytes.fromhex(found[2]))
