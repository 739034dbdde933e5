"""The only module-level application: what a WSGI server imports."""

from simulator.app import create_app, start_workers
from simulator.settings import load_settings

app = create_app(load_settings().settings)
start_workers(app)
