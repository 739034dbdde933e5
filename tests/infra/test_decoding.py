"""Many threads meet a Struct for the first time at once: in a process of its own, because it used to die of it."""

import subprocess
import sys

import pytest

FIRST_MEETING = """
import json, sys, threading
from simulator.berichtenbox.schemas.berichten import BerichtenIn, read_in_pieces
from simulator.infra.http import decode_json
from tests.berichtenbox.documents import aanlevering_json, bericht_json, bijlage_json

sys.setswitchinterval(1e-6)
body = json.dumps(aanlevering_json(bericht_json(Bijlagen=[bijlage_json()]))).encode()
together, read = threading.Barrier(24), []

def meet(number):
    together.wait()
    read.append(read_in_pieces(body) if number % 3 == 0 else decode_json(body, BerichtenIn))

threads = [threading.Thread(target=meet, args=(number,)) for number in range(24)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert len(read) == 24 and all(each == read[0] for each in read)
"""


@pytest.mark.parametrize("_time", range(3))
def test_who_first_reads_a_struct_at_once_with_others_reads_it_well(_time: int) -> None:
    done = subprocess.run([sys.executable, "-c", FIRST_MEETING], capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.returncode, done.stderr)
