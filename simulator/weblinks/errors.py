"""The rules about weblinks to dossiers, and what is refused because of them."""

from simulator.infra.errors import Conflict, FieldError, InvalidInput, NotFound
from simulator.infra.regels import Herkomst, Regel

_ARTIKEL = "Voorwaarden MijnOverheid productie 2.9, artikel 7.1"

HTTPS = Regel(
    id="VW-7.1-weblink-https",
    titel="Een weblink naar een dossier begint met https",
    bron=_ARTIKEL,
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Een adres dat begint met https://.",
)
VORM = Regel(
    id="VW-7.1-weblink-vorm",
    titel="Een weblink is een volledig adres dat iedereen hetzelfde leest",
    bron=f"{_ARTIKEL}; RFC 3986",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Een absoluut adres met een host, zonder spaties, besturingstekens of backslash.",
)
LENGTE = Regel(
    id="VW-7.1-weblink-lengte",
    titel="Een weblink heeft hoogstens 1000 tekens",
    bron=f"{_ARTIKEL}; lengte van een URL in de Zaken API",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Een adres van hoogstens 1000 tekens.",
)
INLOGGEGEVENS = Regel(
    id="VW-7.1-weblink-inloggegevens",
    titel="Een weblink bevat geen gebruikersnaam of wachtwoord",
    bron=_ARTIKEL,
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Een adres zonder @ voor de host.",
)
BSN_VRIJ = Regel(
    id="VW-7.1-weblink-bsn",
    titel="Een weblink bevat geen BSN of ander nummer van negen cijfers dat aan de elfproef voldoet",
    bron=f"{_ARTIKEL}; NL API Design Rules 2.2.0 /core/transport/no-sensitive-uris",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Een adres met een eigen kenmerk van het dossier, waaruit geen persoon blijkt.",
)
FRAGMENT = Regel(
    id="VW-7.1-weblink-fragment",
    titel="Wat achter het hekje staat, is een gewone plaats in de pagina",
    bron=_ARTIKEL,
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Geen fragment, of een van hoogstens 200 letters, cijfers en de tekens / - _ . ! ~",
)
DOMEIN = Regel(
    id="VW-7.1-weblink-domein",
    titel="Een weblink leidt naar een domein dat de Afnemer heeft geregistreerd",
    bron=_ARTIKEL,
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Een host binnen uw geregistreerde domeinen (GET /api/weblinks/v1/domeinen).",
)
NAAMVERWARRING = Regel(
    id="VW-7.1-weblink-naamverwarring",
    titel="De host van een weblink lijkt niet op een andere naam",
    bron=f"{_ARTIKEL}; Unicode UTS 39",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Een host in Latijns schrift, die niet op een van uw domeinen lijkt zonder dat te zijn.",
)
ADRES = Regel(
    id="VW-7.1-weblink-adres",
    titel="Een weblink leidt niet naar een intern adres",
    bron=_ARTIKEL,
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Een host op het openbare internet, of een naam die deze omgeving toelaat (instelling weblinkLokaal).",
)
DOMEIN_GELDIG = Regel(
    id="VW-7.1-domein",
    titel="Een geregistreerd domein is een eigen naam op het openbare internet",
    bron=_ARTIKEL,
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Een domeinnaam zoals mijn.voorbeeldstad.example: geen adres, geen hele top, in Latijns schrift.",
)
DOMEIN_AANTAL = Regel(
    id="VW-7.1-domein-aantal",
    titel="Een Afnemer registreert hoogstens 100 domeinen",
    bron="de simulator zelf",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Hoogstens 100 domeinen.",
)
DOMEIN_BEKEND = Regel(
    id="VW-7.1-domein-bekend",
    titel="Een domein is geregistreerd door wie het weghaalt",
    bron="de simulator zelf",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Een domein uit GET /api/weblinks/v1/domeinen.",
)
CONTACT = Regel(
    id="VW-7.1-contact",
    titel="Een Afnemer wordt over zijn weblinks gemaild op een bestaanbaar adres",
    bron="de simulator zelf",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Een e-mailadres van hoogstens 254 tekens.",
)
WEBLINK_WERKT = Regel(
    id="VW-7.1-weblink-werkt",
    titel="Een weblink leidt naar een pagina die er is",
    bron=_ARTIKEL,
    herkomst=Herkomst.GEDOCUMENTEERD,
    verwacht="Een website die bereikbaar is, met een geldig certificaat, en die binnen uw domeinen de pagina geeft.",
)
VRAAG = Regel(
    id="VW-7.1-vraag",
    titel="Wat over weblinks wordt gevraagd, is een bekende vraag",
    bron="openapi.json van Weblinks",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Waarden die in openapi.json staan.",
)
EIGEN_WEBLINK = Regel(
    id="VW-7.1-weblink-bekend",
    titel="Een Afnemer ziet alleen zijn eigen weblinks",
    bron="de simulator zelf",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Een id uit GET /api/weblinks/v1/controles.",
)
WEBLINK_REGELS = (VORM, HTTPS, LENGTE, INLOGGEGEVENS, BSN_VRIJ, FRAGMENT, DOMEIN, NAAMVERWARRING, ADRES)
"""What is judged of every weblink, without asking the network."""
REGELS = (*WEBLINK_REGELS, WEBLINK_WERKT, EIGEN_WEBLINK, VRAAG, DOMEIN_GELDIG, DOMEIN_AANTAL, DOMEIN_BEKEND, CONTACT)


class WeblinkGeweigerd(InvalidInput):
    """The parent of what refuses a delivery for its weblink; ``errors`` names every rule that is broken."""

    def __init__(self, detail: str = "", *, ontvangen: str | None = None, errors: tuple[FieldError, ...] = ()) -> None:
        super().__init__(detail, ontvangen=ontvangen, errors=errors)


class WeblinkNietHttps(WeblinkGeweigerd):
    """The weblink is not https."""

    slug = "weblink-niet-https"
    title = "De weblink begint niet met https"
    regel = HTTPS


class WeblinkOnleesbaar(WeblinkGeweigerd):
    """The weblink is no absolute address, or one that browsers read differently."""

    slug = "weblink-onleesbaar"
    title = "De weblink is geen leesbaar adres"
    regel = VORM


class WeblinkTeLang(WeblinkGeweigerd):
    """The weblink has more characters than are stored."""

    slug = "weblink-te-lang"
    title = "De weblink is te lang"
    regel = LENGTE


class WeblinkMetInloggegevens(WeblinkGeweigerd):
    """There is a user or a password in the weblink."""

    slug = "weblink-met-inloggegevens"
    title = "De weblink bevat inloggegevens"
    regel = INLOGGEGEVENS


class WeblinkMetBsn(WeblinkGeweigerd):
    """There is a number in the weblink that could be a BSN; it is never repeated in the answer."""

    slug = "weblink-met-bsn"
    title = "De weblink bevat een nummer dat een BSN kan zijn"
    regel = BSN_VRIJ


class WeblinkMetFragment(WeblinkGeweigerd):
    """The fragment of the weblink is more than a place in the page."""

    slug = "weblink-met-fragment"
    title = "De weblink heeft een vreemd fragment"
    regel = FRAGMENT


class WeblinkBuitenDomein(WeblinkGeweigerd):
    """The host is in none of the domains of the Afnemer."""

    slug = "weblink-buiten-domein"
    title = "De weblink leidt naar een domein dat u niet hebt geregistreerd"
    regel = DOMEIN


class WeblinkVerwarrend(WeblinkGeweigerd):
    """The host can be taken for another name."""

    slug = "weblink-verwarrend"
    title = "De host van de weblink is te verwarren met een andere"
    regel = NAAMVERWARRING


class WeblinkIntern(WeblinkGeweigerd):
    """The host is an address or a name that only works inside a network."""

    slug = "weblink-intern"
    title = "De weblink leidt naar een intern adres"
    regel = ADRES


class DomeinOngeldig(InvalidInput):
    """What was given is no domain that an organisation can have for itself."""

    slug = "domein-ongeldig"
    title = "Dit domein kan niet"
    regel = DOMEIN_GELDIG


class TeVeelDomeinen(Conflict):
    """The Afnemer has registered as many domains as it may."""

    slug = "te-veel-domeinen"
    title = "U hebt al het hoogste aantal domeinen"
    regel = DOMEIN_AANTAL


class DomeinNotFound(NotFound):
    """The Afnemer has not registered this domain."""

    slug = "domein-niet-gevonden"
    title = "Dit domein hebt u niet geregistreerd"
    regel = DOMEIN_BEKEND


class ContactOngeldig(InvalidInput):
    """What was given is no address for e-mail."""

    slug = "weblinkcontact-ongeldig"
    title = "Dit is geen e-mailadres"
    regel = CONTACT


class WeblinkVraagOngeldig(InvalidInput):
    """A parameter has a value that does not exist; ``errors`` names every one."""

    slug = "weblinkvraag-ongeldig"
    title = "Deze vraag over weblinks kan niet"
    regel = VRAAG


class WeblinkNotFound(NotFound):
    """No such weblink, or that of another Afnemer."""

    slug = "weblink-niet-gevonden"
    title = "Deze weblink is niet gevonden"
    regel = EIGEN_WEBLINK
