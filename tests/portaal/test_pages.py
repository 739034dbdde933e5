import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from simulator.digid import Niveau
from simulator.digid.models import Sessie
from simulator.gebruikers import Bsn
from simulator.infra.ids import hash_token, new_id, public_id
from simulator.infra.omgeving import Omgeving, count_regels
from tests.berichtenbox.postvak_builder import ANNA, PDF, Post, put_bericht, put_berichten
from tests.berichtenbox.test_kennisgeving import notify
from tests.portaal.conftest import Login

NIET_ACTIEF = Bsn("999990032")
VERTROKKEN = Bsn("111222333")
PAGES = [
    "/",
    "/berichtenbox",
    "/berichtenbox/archief",
    "/berichtenbox/prullenbak",
    "/berichtenbox/prullenbak/legen",
    "/berichtenbox/berichten/onbekend",
    "/berichtenbox/kennisgevingen",
    "/instellingen",
]


def text(client: FlaskClient, path: str) -> str:
    return client.get(path, follow_redirects=True).get_data(as_text=True)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_that_it_is_a_simulation_and_can_be_skipped_into(login: Login, path: str) -> None:
    page = text(login(ANNA), path)

    assert "SIMULATIE" in page
    assert 'href="#inhoud">Naar hoofdinhoud' in page
    assert 'lang="nl"' in page
    assert str(int(ANNA)) not in page


@pytest.mark.parametrize("path", PAGES)
def test_no_page_needs_a_script_or_a_style_of_its_own(login: Login, path: str) -> None:
    page = text(login(ANNA), path)

    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:", page)


def test_a_page_with_all_it_loads_stays_below_150_kilobytes(login: Login, standaard: Omgeving) -> None:
    put_berichten(
        standaard, Post(("Onderwerp van vijftig tekens, zo lang als mag zijn",) * 25, einddatum=standaard.now())
    )
    client = login(ANNA)
    page = client.get("/berichtenbox").data
    files = {*re.findall(r'href="(/portaal/static/[^"]+\.(?:css|svg))"', page.decode())}
    fonts = {f"/portaal/static/vendor/fira-sans/fira-sans-latin-{weight}-normal.woff2" for weight in (400, 600)}

    sizes = []
    for file in files | fonts:
        with client.get(file) as answer:
            sizes.append(len(answer.data))

    assert len(sizes) >= 10
    assert len(page) + sum(sizes) < 150_000


def test_a_visitor_is_told_what_this_is_and_how_to_deliver_a_first_message(app: Flask) -> None:
    page = text(app.test_client(), "/")

    assert "Inloggen met DigiD (nagebootst)" in page
    assert "curl -i http://localhost/api/berichtenbox/v1/berichten" in page
    assert "Uitloggen" not in page


def test_inside_another_omgeving_every_link_stays_there(app: Flask) -> None:
    page = text(app.test_client(), "/omgevingen/standaard/")

    links = re.findall(r'(?:href|action)="(/[^"]*)"', page)
    assert links
    assert all(link.startswith("/omgevingen/standaard/") for link in links)


@pytest.mark.artikel("1-mijnoverheid")
@pytest.mark.parametrize("path", ["/berichtenbox", "/instellingen", "/berichtenbox/kennisgevingen"])
def test_who_is_not_logged_in_is_sent_to_digid(app: Flask, path: str) -> None:
    answer = app.test_client().get(path)

    assert answer.status_code == 303
    assert answer.location.startswith("/digid/inloggen")


def test_the_simulated_mailbox_shows_the_latest_and_says_so(login: Login, standaard: Omgeving) -> None:
    notify(standaard, Post(("een", "twee")))
    assert "U ziet de laatste" not in text(login(ANNA), "/berichtenbox/kennisgevingen")

    notify(standaard, Post(tuple(str(number) for number in range(30))))

    page = text(login(ANNA), "/berichtenbox/kennisgevingen")
    assert page.count("<article") == 25
    assert "U ziet de laatste 25 e-mails." in page


def test_home_tells_how_much_is_unread(login: Login, standaard: Omgeving) -> None:
    put_berichten(standaard, Post(("een", "twee")))

    page = text(login(ANNA), "/")

    assert "U hebt 2 ongelezen berichten." in page
    assert re.search(r'badge-counter">2<span class="visually-hidden"> ongelezen', page)
    assert "Uitloggen" in page


def test_the_inbox_marks_unread_with_words_and_gives_dutch_dates(login: Login, standaard: Omgeving) -> None:
    moment = standaard.now() + timedelta(days=30)
    put_berichten(standaard, Post(einddatum=moment))

    page = text(login(ANNA), "/berichtenbox")

    assert "Ongelezen</span>" in page
    assert re.search(r"Reageer uiterlijk \d{1,2} [a-z]+ \d{4}", page)


@pytest.mark.artikel("5.1")
def test_a_message_is_shown_as_text_with_its_line_breaks_and_links(login: Login, standaard: Omgeving) -> None:
    tekst = r"<script>alert(1)</script>\r\nZie https://voorbeeld.example/a?b=1&c=2 nu"
    kenmerk = put_bericht(standaard, Post(tekst=tekst))

    page = text(login(ANNA), f"/berichtenbox/berichten/{kenmerk}")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>" in page
    assert 'href="https://voorbeeld.example/a?b=1&amp;c=2" rel="nofollow noopener noreferrer"' in page


def test_a_bijlage_is_saved_and_never_shown(login: Login, standaard: Omgeving) -> None:
    kenmerk = put_bericht(standaard, Post(bijlagen=1))

    answer = login(ANNA).get(f"/berichtenbox/berichten/{kenmerk}/bijlagen/1")

    assert answer.data == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Bijlage 1.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_bericht_of_somebody_else_gives_a_page_that_it_is_not_found(login: Login, standaard: Omgeving) -> None:
    kenmerk = put_bericht(standaard, Post(bsn=NIET_ACTIEF))

    answer = login(ANNA).get(f"/berichtenbox/berichten/{kenmerk}")

    assert answer.status_code == 404
    assert "Dit bericht is niet gevonden" in answer.get_data(as_text=True)


def test_ticked_messages_are_moved_deleted_and_after_a_question_erased(login: Login, standaard: Omgeving) -> None:
    kenmerken = [public_id(number) for number in put_berichten(standaard, Post(("een", "twee", "drie")))]
    client = login(ANNA)

    client.post("/berichtenbox/verplaatsen", data={"kenmerk": kenmerken[:2], "naar": "prullenbak", "map": "inbox"})
    asked = client.post("/berichtenbox/wissen", data={"kenmerk": kenmerken[0]}).get_data(as_text=True)
    assert "Definitief verwijderen?" in asked
    assert "een" in text(client, "/berichtenbox/prullenbak")

    client.post("/berichtenbox/wissen", data={"kenmerk": kenmerken[0], "bevestigd": "ja"})
    client.post("/berichtenbox/prullenbak/legen")

    assert "De prullenbak is leeg." in text(client, "/berichtenbox/prullenbak")
    assert "drie" in text(client, "/berichtenbox")


def test_who_wants_to_empty_an_empty_prullenbak_is_told_that_it_is_empty(login: Login) -> None:
    page = text(login(ANNA), "/berichtenbox/prullenbak/legen")

    assert "<h1>De prullenbak is leeg.</h1>" in page
    assert "bevestigd" not in page


def test_a_form_with_nothing_ticked_says_so(login: Login) -> None:
    client = login(ANNA)

    answer = client.post("/berichtenbox/verplaatsen", data={"naar": "archief"}, follow_redirects=True)

    assert "U hebt geen bericht aangevinkt." in answer.get_data(as_text=True)


def test_older_messages_are_one_link_away(login: Login, standaard: Omgeving) -> None:
    put_berichten(standaard, Post(("oudste", *["later"] * 25)))
    client = login(ANNA)

    link = re.search(r'rel="next" href="([^"]+)"', text(client, "/berichtenbox"))

    assert link is not None
    assert "oudste" in text(client, link[1].replace("&amp;", "&"))


def test_the_instellingen_are_kept(login: Login) -> None:
    client = login(ANNA)
    oins = re.findall(r'name="organisatie" value="(\d{20})" checked', text(client, "/instellingen"))

    client.post(
        "/instellingen",
        data={"email": "nieuw@voorbeeld.example", "kennisgeving": "ja", "getoond": oins, "organisatie": oins[1:]},
    )

    page = text(client, "/instellingen")
    assert 'value="nieuw@voorbeeld.example"' in page
    assert re.findall(r'name="organisatie" value="(\d{20})" checked', page) == oins[1:]
    assert not re.search(r'name="herhaling" value="ja" checked', page)


def test_a_form_of_before_the_box_was_opened_switches_no_organisation_off(login: Login) -> None:
    client = login(NIET_ACTIEF)
    assert _shown(text(client, "/instellingen")) == []

    client.post("/instellingen/activeren")
    client.post("/instellingen", data={"email": ""})

    page = text(client, "/instellingen")
    assert _shown(page)
    assert re.findall(r'name="organisatie" value="(\d{20})" checked', page) == _shown(page)


def test_an_organisation_that_was_not_shown_stays_as_it_was(login: Login) -> None:
    client = login(ANNA)
    first, *others = _shown(text(client, "/instellingen"))
    assert others

    client.post("/instellingen", data={"email": "", "getoond": [first, "00000000000000000000"]})

    page = text(client, "/instellingen")
    assert re.findall(r'name="organisatie" value="(\d{20})" checked', page) == others


def _shown(page: str) -> list[str]:
    return re.findall(r'name="getoond" value="(\d{20})"', page)


def test_only_organisations_that_send_post_themselves_can_be_ticked(login: Login) -> None:
    page = text(login(ANNA), "/instellingen")

    assert "Gemeente Voorbeeldstad" in page
    assert "Voorbeeld Verzendhuis" not in page


def test_a_wrong_email_address_is_shown_again_with_the_reason(login: Login, standaard: Omgeving) -> None:
    answer = login(ANNA).post("/instellingen", data={"email": "geen adres", "kennisgeving": "ja"})

    assert answer.status_code == 400
    assert 'value="geen adres"' in answer.get_data(as_text=True)
    assert 'aria-invalid="true"' in answer.get_data(as_text=True)
    with standaard.reading() as session:
        assert count_regels(session)["GB-email"] == {"geweigerd": 1}


def test_who_never_opened_the_box_can_activate_it(login: Login) -> None:
    client = login(NIET_ACTIEF)
    assert "nog niet actief" in text(client, "/")

    client.post("/instellingen/activeren")

    assert "nog niet actief" not in text(client, "/")


def test_who_lives_here_no_more_can_log_out_and_in(app: Flask, standaard: Omgeving) -> None:
    client, token = app.test_client(), "van-wie-is-vertrokken"
    with standaard.unit_of_work() as uow:
        uow.session.add(
            Sessie(id=new_id(), token_hash=hash_token(token), bsn=int(VERTROKKEN), niveau=int(Niveau.MIDDEN),
                   aangemaakt_op=uow.moment, laatst_gebruikt_op=uow.moment)
        )  # fmt: skip
    client.set_cookie("sessie-standaard", token)

    page = client.get("/digid/inloggen")
    assert page.status_code == 200
    form = {"csrf_token": _csrf_token(page.text)}
    assert "Wilt u uitloggen?" in client.get("/digid/uitloggen").text
    assert client.post("/digid/inloggen", data={**form, "persona": "actief", "niveau": "midden"}).status_code == 303
    assert client.post("/digid/uitloggen", data=form).status_code == 303
    assert client.get_cookie("sessie-standaard") is None


def test_a_form_without_its_token_changes_nothing(app: Flask, login: Login) -> None:
    client = login(ANNA)
    app.config["WTF_CSRF_ENABLED"] = True

    assert client.post("/berichtenbox/prullenbak/legen").status_code == 400


def test_over_https_a_form_needs_no_referer_for_the_pages_keep_it_back(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/digid/inloggen", base_url="https://localhost")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    form = {"csrf_token": _csrf_token(page.text), "persona": "actief", "niveau": "basis"}

    assert client.post("/digid/inloggen", data=form, base_url="https://localhost").status_code == 303


def _csrf_token(page: str) -> str:
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    return token[1]
