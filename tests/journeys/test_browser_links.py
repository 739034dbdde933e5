"""Every link that a visitor can follow leads somewhere, and stays inside the omgeving."""

from collections import deque
from typing import cast
from urllib.parse import urldefrag, urljoin

import pytest
import requests
from lxml import html

from tests.browsing import bijlage, deliver
from tests.running import Wereld


@pytest.mark.parametrize("ingelogd", [False, True])
def test_every_link_from_the_start_page_answers(plek: Wereld, ingelogd: bool) -> None:
    deliver(plek, {"Onderwerp": "Met bijlage", "Bijlagen": [bijlage()]}, *({"Onderwerp": "Nog een"} for _ in range(30)))
    with requests.Session() as session:
        if ingelogd:
            sessie = plek.control("POST", "/sessies", json={"persona": "actief", "niveau": "midden"}).json()
            session.cookies.set(sessie["cookie"], sessie["token"])
        followed = _crawl(session, plek.base + "/")
    paths = {url.removeprefix(plek.base).split("?")[0] for url in followed}
    assert {
        "/",
        "/digid/inloggen",
        "/digid/telefoon",
        "/regels",
        "/api/berichtenbox/v1/openapi.json",
    } <= paths or ingelogd
    if ingelogd:
        assert {"/berichtenbox", "/berichtenbox/prullenbak", "/berichtenbox/kennisgevingen", "/instellingen"} <= paths
        assert any(path.endswith("/bijlagen/1") for path in paths)


def _crawl(session: requests.Session, start: str) -> set[str]:
    queue, followed = deque([start]), set[str]()
    while queue:
        url = queue.popleft()
        if url in followed:
            continue
        followed.add(url)
        assert url.startswith(start), f"{url} leaves the omgeving"
        answer = session.get(url, timeout=30)
        assert answer.status_code == 200, f"{url}: {answer.status_code}"
        if answer.headers["Content-Type"].startswith("text/html"):
            page = html.fromstring(answer.content)
            wanted = _all(page, "//a/@href | //link/@href | //form[@method='get']/@action")
            queue.extend(urldefrag(urljoin(url, each))[0] for each in wanted)
            _anchors_exist(page, url)
    return followed


def _anchors_exist(page: html.HtmlElement, url: str) -> None:
    ids = set(_all(page, "//@id"))
    for anchor in _all(page, "//a/@href[starts-with(., '#')]"):
        assert anchor[1:] in ids, f"{url}: {anchor} is nowhere"


def _all(page: html.HtmlElement, xpath: str) -> list[str]:
    return cast("list[str]", page.xpath(xpath))
