"""The scenarios of ``mosim load`` for Locust itself, with its page: ``locust -f loadtests/locustfile.py``."""

from simulator.load.locustfile import Arrivals, Course

__all__ = ["Arrivals", "Course"]
