"""``python -m simulator``: the same as ``mosim``."""

from simulator.cli import main

main()
