"""wrk: as many requests as the connections can carry, from one core."""

import random
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from loadtests.bench.deliveries import KEY, OIN, PATH, TEXT
from loadtests.bench.simulator import on_core

MISSING = "wrk is not installed (Debian: apt install wrk)"
POOL = 2000
"""People that a run delivers to."""

# The first argument keeps ids apart between runs: the generator of Lua starts from it. The second is a file of people.
_LUA = """
local bsns = {}
local headers = {%s}
local n = 0
init = function(args)
  seed = tonumber(args[1])
  math.randomseed(seed)
  for bsn in io.lines(args[2]) do bsns[#bsns + 1] = bsn end
end
request = function()
  n = n + 1
  local id = string.format("%%08x-%%04x-4000-8000-%%012x", n, seed %% 65536, math.random(0, 2^47))
  local bsn = bsns[math.random(#bsns)]
  headers["X-Message-ID"] = id
  return wrk.format("POST", "%s", headers, '%s')
end
done = function(summary, latency, requests)
  io.write(string.format("RESULT %%f %%f %%f %%f %%f %%d %%d\\n", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency:percentile(99.9) / 1000, latency.max / 1000,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write
    + summary.errors.timeout, summary.requests))
end
"""


@dataclass(frozen=True)
class Request:
    """What every connection sends; ``body`` has ``{id}`` and ``{bsn}`` in it, and no quote of Lua (``'``)."""

    path: str
    headers: dict[str, str]
    body: str
    status: int = 201
    """Of the answer, if all is well."""

    def fill(self, own_id: str, bsn: str) -> str:
        """The body for one person."""
        return self.body.replace("{id}", own_id).replace("{bsn}", bsn)


BERICHT = Request(
    PATH,
    {"X-API-Key": KEY, "Content-Type": "application/json"},
    f'{{"BerichtLeverancierID":"{OIN}","Berichten":[{{"BerichtID":"{{id}}","BerichtType":"ALGEMEEN",'
    f'"Onderwerp":"Uw aanvraag is ontvangen","Berichttekst":"{TEXT}","GebruikerID":"{{bsn}}"}}]}}',
)


@dataclass(frozen=True)
class Run:
    """What one run of wrk found; durations in milliseconds."""

    rate: float
    p50: float
    p99: float
    p999: float
    worst: float
    errors: int
    requests: int


@dataclass(frozen=True)
class Wrk:
    """A server, what to send it, and the core to send from."""

    base: str
    bsns: list[str]
    core: int | None
    request: Request = BERICHT
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="wrk-")))

    def run(self, connections: int, seconds: float) -> Run:
        script, people = self.folder / "post.lua", self.folder / "people.txt"
        script.write_text(lua_for(self.request), "utf-8")
        people.write_text("\n".join(self.bsns), "utf-8")
        command = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "30s"]
        command += ["-s", str(script), self.base, "--"]
        command += [str(random.randrange(2**31)), str(people)]
        with on_core(self.core):
            done = subprocess.run(command, check=True, capture_output=True, text=True)
        parts = done.stdout.split("RESULT ")[1].split()
        rate, p50, p99, p999, worst = map(float, parts[:5])
        return Run(rate, p50, p99, p999, worst, int(parts[5]), int(parts[6]))

    def median(self, connections: int, seconds: float, times: int) -> tuple[Run, list[Run]]:
        """The run with the median rate, and all of them."""
        runs = [self.run(connections, seconds) for _ in range(times)]
        return median_of(runs), runs

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def median_of(runs: list[Run]) -> Run:
    """The one in the middle by rate."""
    return sorted(runs, key=lambda run: run.rate)[(len(runs) - 1) // 2]


def lua_for(request: Request) -> str:
    """The script: a new body and new ids for every request."""
    headers = ",".join(f'["{name}"]="{value}"' for name, value in request.headers.items())
    return _LUA % (headers, request.path, request.fill("' .. id .. '", "' .. bsn .. '"))


def is_installed() -> bool:
    return shutil.which("wrk") is not None
