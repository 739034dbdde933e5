"""The only module-level application: what a WSGI server imports."""

import gc

from simulator.app import create_app, start_workers
from simulator.settings import load_settings

app = create_app(load_settings().settings)
start_workers(app)
# What is loaded now stays: the collector need not look at it again at every request, nor even once, for that is a tenth
# of a start and finds next to nothing.
gc.freeze()
gc.enable()  # `serve` starts without
gc.set_threshold(20_000, 50, 50)  # a batch makes ten thousand things, none of them in circles
