"""Which domains an Afnemer may register for its weblinks."""

import re
from collections.abc import Collection

from simulator.infra.addresses import is_special_name, read_host
from simulator.weblinks.errors import DomeinOngeldig
from simulator.weblinks.values.hostnaam import HostnaamOnleesbaar, has_mixed_scripts, read_hostnaam

MAX_DOMEINEN = 100
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\Z")
MAX_EMAIL = 254
# ASSUMPTION: nobody registers a whole top of the Internet, nor one of these, under which anybody may have a name.
_VAN_IEDEREEN = frozenset(
    {"co.nl", "co.uk", "com.nl", "azurewebsites.net", "blogspot.com", "cloudfront.net", "github.io", "gitlab.io",
     "herokuapp.com", "netlify.app", "pages.dev", "vercel.app", "web.app", "workers.dev"}
)  # fmt: skip


def read_domein(text: str, lokaal: Collection[str]) -> str:
    """The domain as it travels; raises ``DomeinOngeldig``. ``lokaal`` are names that the omgeving allows for tests."""
    shown = text[:60]
    number = read_host(text.strip())
    if number is not None and str(number) in lokaal:
        return str(number)
    if number is not None:
        raise DomeinOngeldig("Een adres is geen domein.", ontvangen=shown)
    try:
        naam = read_hostnaam(text)
    except HostnaamOnleesbaar as error:
        raise DomeinOngeldig("Dit is geen domeinnaam.", ontvangen=shown) from error
    if naam in lokaal:
        return naam
    if is_special_name(naam):
        raise DomeinOngeldig("Deze naam bestaat alleen binnen een netwerk.", ontvangen=shown)
    if naam in _VAN_IEDEREEN:
        raise DomeinOngeldig("Onder dit domein kan iedereen een naam krijgen.", ontvangen=shown)
    if has_mixed_scripts(naam):
        raise DomeinOngeldig("Dit domein bevat letters uit een ander schrift.", ontvangen=shown)
    return naam


def is_email(text: str) -> bool:
    """Whether a mail server could take the text for an address."""
    return len(text) <= MAX_EMAIL and _EMAIL.match(text) is not None
