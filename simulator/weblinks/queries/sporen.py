"""What the weblinks of an Afnemer have shown: which were judged, and what was found where they lead."""

import json

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from simulator.infra.sporen import Spoor, Sporenboek
from simulator.weblinks.models import Weblink, Weblinkperiode

_SOME = 1_000


def list_sporen(session: Session, afnemer_id: int) -> dict[str, Spoor]:
    """What the weblinks of this Afnemer have shown."""
    boek = Sporenboek()
    found = (
        select(Weblinkperiode.stand, func.min(Weblinkperiode.van), func.count(), func.min(Weblink.url))
        .join(Weblink, Weblink.id == Weblinkperiode.weblink_id)
        .where(Weblinkperiode.afnemer_id == afnemer_id)
        .group_by(Weblinkperiode.stand)
    )
    for stand, moment, aantal, url in session.execute(found):
        boek.note(f"weblink.{stand}", moment, {"weblink": url, "stand": stand}, int(aantal))
    marked = select(Weblink).where(Weblink.afnemer_id == afnemer_id, Weblink.bezwaren != "[]").order_by(Weblink.id)
    for weblink in session.scalars(marked.limit(_SOME)):
        for regel, toelichting in json.loads(weblink.bezwaren):
            bewijs = {"weblink": weblink.url, "regel": regel, "toelichting": toelichting}
            boek.note("weblink.gemarkeerd", weblink.aangemaakt_op, bewijs)
    return boek.sporen
