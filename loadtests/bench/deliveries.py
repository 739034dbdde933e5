"""What the load tests send: deliveries of distinct messages, of the size of a plain letter."""

import random

import requests

PATH = "/api/berichtenbox/v1/berichten"
XML_PATH = "/api/berichtenbox/v1/batches"
KEY = "demo-voorbeeldstad"
OIN = "00000099000000001000"
TEXT = (
    "Geachte heer, mevrouw, op 3 november hebben wij uw aanvraag ontvangen. Binnen acht weken krijgt u van ons een "
    "besluit. Duurt het langer, dan hoort u dat op tijd, met de reden en met de nieuwe datum. U hoeft nu niets te "
    "doen. Hebt u nog vragen, bel ons dan op een werkdag tussen 9 en 17 uur, en houd het kenmerk van deze brief erbij. "
    "Met vriendelijke groet, Gemeente Voorbeeldstad."
)
_BERICHT = (
    '{"BerichtID":"%s","BerichtType":"ALGEMEEN","Onderwerp":"Uw aanvraag is ontvangen","Berichttekst":"%s",'
    '"GebruikerID":"%s"}'
)
_AANLEVERING = '{"BerichtLeverancierID":"%s","Berichten":[%s]}'


def new_id() -> str:
    """An id that nobody had before; several times faster than ``uuid4``, which asks the system each time."""
    number = f"{random.getrandbits(128):032x}"
    return f"{number[:8]}-{number[8:12]}-4{number[13:16]}-8{number[17:20]}-{number[20:]}"


def make_body(bsns: list[str]) -> bytes:
    """A delivery of one new message to each of these people."""
    return (_AANLEVERING % (OIN, ",".join([_BERICHT % (new_id(), TEXT, bsn) for bsn in bsns]))).encode()


def make_letter(bsn: str, inhoud: str) -> bytes:
    """A delivery of one new message with a bijlage, whose content is in base64."""
    bijlage = f'"Bijlagen":[{{"Inhoud":"{inhoud}","Omschrijving":"Brief"}}],"GebruikerID"'
    return make_body([bsn]).replace(b'"GebruikerID"', bijlage.encode())


def make_request(bsn: str, prefix: str = "") -> bytes:
    """The bytes on the wire of a delivery of one message, for a client that has no time to lose."""
    body = make_body([bsn])
    head = (
        f"POST {prefix}{PATH} HTTP/1.1\r\nHost: simulator\r\nX-API-Key: {KEY}\r\nX-Message-ID: {new_id()}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def post(session: requests.Session, base: str, body: bytes) -> requests.Response:
    """Deliver a prepared body."""
    headers = {"X-API-Key": KEY, "X-Message-ID": new_id(), "Content-Type": "application/json"}
    return session.post(base + PATH, data=body, headers=headers, timeout=120)
