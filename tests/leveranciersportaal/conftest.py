import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import requests

from tests.running import Wereld

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
PAD = "/leveranciersportaal"


@dataclass
class Leverancier:
    """An Afnemer at its browser, in one omgeving; follows no redirect by itself."""

    wereld: Wereld
    session: requests.Session = field(default_factory=requests.Session)

    def get(self, pad: str = "", **vraag: str) -> requests.Response:
        return self.session.get(self.wereld.base + PAD + pad, params=vraag, timeout=30, allow_redirects=False)

    def post(self, pad: str, van: str = "/aanmelden", **form: str) -> requests.Response:
        """Send a form with the token that the page ``van`` gives."""
        return self.send(pad, csrf_token=self.read_token(van), **form)

    def send(self, pad: str, **form: str) -> requests.Response:
        """Send a form as it is."""
        return self.session.post(self.wereld.base + PAD + pad, data=form, timeout=30, allow_redirects=False)

    def read_token(self, van: str) -> str:
        """The token in the forms of a page."""
        found = _TOKEN.search(self.get(van).text)
        assert found, f"no form on {van}"
        return found[1]

    def sign_in(self, sleutel: str = "demo-voorbeeldstad", **form: str) -> requests.Response:
        return self.post("/aanmelden", sleutel=sleutel, **form)


@pytest.fixture
def leverancier(wereld: Wereld) -> Iterator[Leverancier]:
    """A browser that was never used."""
    with requests.Session() as session:
        yield Leverancier(wereld, session)
