import pytest

from simulator.infra.omgevingen import Omgeving, Omgevingen
from tests.digid.world import BEGIN, Browser, build_app, set_klok


@pytest.fixture
def browser(omgevingen: Omgevingen, omgeving: Omgeving) -> Browser:
    """A browser that was never used, in an omgeving whose clock stands still."""
    set_klok(omgeving, BEGIN)
    return Browser(build_app(omgevingen).test_client(), omgeving)
