"""A person as Haal Centraal gives it: every field of the koppelvlak, filled where the register here knows something."""

from datetime import date

from msgspec import Struct, field


class Groep(Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """The parent of every group of fields: what has no value is not there."""


class Waardetabel(Groep, frozen=True):
    code: str | None = None
    omschrijving: str | None = None


class VolledigeDatum(Groep, frozen=True, tag_field="type", tag="Datum"):
    datum: date
    lang_formaat: str


class JaarMaandDatum(Groep, frozen=True, tag_field="type"):
    jaar: int
    maand: int
    lang_formaat: str


class JaarDatum(Groep, frozen=True, tag_field="type"):
    jaar: int
    lang_formaat: str


class DatumOnbekend(Struct, frozen=True, kw_only=True, rename="camel", tag_field="type"):
    onbekend: bool = True
    lang_formaat: str = "onbekend"


Datum = VolledigeDatum | JaarMaandDatum | JaarDatum | DatumOnbekend


class NaamGerelateerde(Groep, frozen=True):
    voornamen: str | None = None
    adellijke_titel_predicaat: Waardetabel | None = None
    voorvoegsel: str | None = None
    geslachtsnaam: str | None = None
    voorletters: str | None = None


class NaamPersoonBeperkt(NaamGerelateerde, frozen=True):
    volledige_naam: str | None = None


class NaamPersoon(NaamPersoonBeperkt, frozen=True):
    aanduiding_naamgebruik: Waardetabel | None = None


class GeboorteBeperkt(Groep, frozen=True):
    datum: Datum | None = None


class Geboorte(GeboorteBeperkt, frozen=True):
    land: Waardetabel | None = None
    plaats: Waardetabel | None = None


class AdresseringBeperkt(Groep, frozen=True):
    adresregel1: str | None = None
    adresregel2: str | None = None
    adresregel3: str | None = None
    land: Waardetabel | None = None
    indicatie_vastgesteld_verblijft_niet_op_adres: bool | None = None


class Aanschrijfwijze(Groep, frozen=True):
    naam: str | None = None
    aanspreekvorm: str | None = None


class Adressering(AdresseringBeperkt, frozen=True):
    aanhef: str | None = None
    aanschrijfwijze: Aanschrijfwijze | None = None
    gebruik_in_lopende_tekst: str | None = None


class OpschortingBijhouding(Groep, frozen=True):
    reden: Waardetabel | None = None
    datum: Datum | None = None


class RniDeelnemer(Groep, frozen=True):
    deelnemer: Waardetabel | None = None
    omschrijving_verdrag: str | None = None
    categorie: str | None = None


class Verificatie(Groep, frozen=True):
    datum: Datum | None = None
    omschrijving: str | None = None


class Nationaliteit(Groep, frozen=True, tag_field="type"):
    nationaliteit: Waardetabel | None = None
    datum_ingang_geldigheid: Datum | None = None
    reden_opname: Waardetabel | None = None


class Verblijfadres(Groep, frozen=True):
    officiele_straatnaam: str | None = None
    korte_straatnaam: str | None = None
    huisnummer: int | None = None
    huisletter: str | None = None
    huisnummertoevoeging: str | None = None
    aanduiding_bij_huisnummer: Waardetabel | None = None
    postcode: str | None = None
    woonplaats: str | None = None


class VerblijfadresBuitenland(Groep, frozen=True):
    regel1: str | None = None
    regel2: str | None = None
    regel3: str | None = None
    land: Waardetabel | None = None


class VerblijfadresLocatie(Groep, frozen=True):
    locatiebeschrijving: str | None = None


class Adres(Groep, frozen=True, tag_field="type"):
    verblijfadres: Verblijfadres | None = None
    functie_adres: Waardetabel | None = None
    adresseerbaar_object_identificatie: str | None = None
    nummeraanduiding_identificatie: str | None = None
    datum_van: Datum | None = None
    datum_ingang_geldigheid: Datum | None = None
    indicatie_vastgesteld_verblijft_niet_op_adres: bool | None = None


class VerblijfplaatsBuitenland(Groep, frozen=True, tag_field="type"):
    verblijfadres: VerblijfadresBuitenland | None = None
    datum_van: Datum | None = None
    datum_ingang_geldigheid: Datum | None = None


class VerblijfplaatsOnbekend(Groep, frozen=True, tag_field="type"):
    datum_van: Datum | None = None
    datum_ingang_geldigheid: Datum | None = None


class Locatie(Groep, frozen=True, tag_field="type"):
    verblijfadres: VerblijfadresLocatie | None = None
    functie_adres: Waardetabel | None = None
    datum_van: Datum | None = None
    datum_ingang_geldigheid: Datum | None = None


Verblijfplaats = Adres | VerblijfplaatsBuitenland | VerblijfplaatsOnbekend | Locatie


class UitsluitingKiesrecht(Groep, frozen=True):
    uitgesloten_van_kiesrecht: bool | None = None
    einddatum: Datum | None = None


class EuropeesKiesrecht(Groep, frozen=True):
    aanduiding: Waardetabel | None = None
    einddatum_uitsluiting: Datum | None = None


class Overlijden(Geboorte, frozen=True):
    """The same fields as a birth."""


class Immigratie(Groep, frozen=True):
    datum_vestiging_in_nederland: Datum | None = None
    land_vanwaar_ingeschreven: Waardetabel | None = None
    vanuit_verblijfplaats_onbekend: bool | None = None
    indicatie_vestiging_vanuit_buitenland: bool | None = None


class Verblijfstitel(Groep, frozen=True):
    aanduiding: Waardetabel | None = None
    datum_einde: Datum | None = None
    datum_ingang: Datum | None = None


class GezagPersoon(Groep, frozen=True):
    burgerservicenummer: str | None = None


class TweehoofdigOuderlijkGezag(Groep, frozen=True, tag_field="type"):
    minderjarige: GezagPersoon
    ouders: list[GezagPersoon]


class EenhoofdigOuderlijkGezag(Groep, frozen=True, tag_field="type"):
    minderjarige: GezagPersoon
    ouder: GezagPersoon


class GezagNietTeBepalen(Groep, frozen=True, tag_field="type"):
    minderjarige: GezagPersoon
    toelichting: str | None = None


Gezagsrelatie = TweehoofdigOuderlijkGezag | EenhoofdigOuderlijkGezag | GezagNietTeBepalen


class Kind(Groep, frozen=True):
    burgerservicenummer: str | None = None
    naam: NaamGerelateerde | None = None
    geboorte: Geboorte | None = None


class Ouder(Kind, frozen=True):
    geslacht: Waardetabel | None = None
    ouder_aanduiding: str | None = None
    datum_ingang_familierechtelijke_betrekking: Datum | None = None


class AangaanHuwelijkPartnerschap(Geboorte, frozen=True):
    """The same fields as a birth."""


class OntbindingHuwelijkPartnerschap(Groep, frozen=True):
    datum: Datum | None = None


class Partner(Kind, frozen=True):
    geslacht: Waardetabel | None = None
    soort_verbintenis: Waardetabel | None = None
    aangaan_huwelijk_partnerschap: AangaanHuwelijkPartnerschap | None = None
    ontbinding_huwelijk_partnerschap: OntbindingHuwelijkPartnerschap | None = None


class _Automatisch(Groep, frozen=True):
    """What is given without being asked for, if it is so."""

    geheimhouding_persoonsgegevens: bool | None = None
    opschorting_bijhouding: OpschortingBijhouding | None = None
    rni: list[RniDeelnemer] = []
    verificatie: Verificatie | None = None


AUTOMATISCH = frozenset(_Automatisch.__struct_encode_fields__)


class PersoonBeperkt(_Automatisch, frozen=True):
    burgerservicenummer: str | None = None
    geboorte: GeboorteBeperkt | None = None
    geslacht: Waardetabel | None = None
    leeftijd: int | None = None
    naam: NaamPersoonBeperkt | None = None
    adressering: AdresseringBeperkt | None = None


class GezagPersoonBeperkt(PersoonBeperkt, frozen=True):
    """What a search by house gives."""

    gezag: list[Gezagsrelatie] = []


class Persoon(_Automatisch, frozen=True):
    a_nummer: str | None = None
    burgerservicenummer: str | None = None
    datum_eerste_inschrijving_gba: Datum | None = field(default=None, name="datumEersteInschrijvingGBA")
    geslacht: Waardetabel | None = None
    uitsluiting_kiesrecht: UitsluitingKiesrecht | None = None
    europees_kiesrecht: EuropeesKiesrecht | None = None
    leeftijd: int | None = None
    naam: NaamPersoon | None = None
    nationaliteiten: list[Nationaliteit] = []
    geboorte: Geboorte | None = None
    overlijden: Overlijden | None = None
    verblijfplaats: Verblijfplaats | None = None
    immigratie: Immigratie | None = None
    gemeente_van_inschrijving: Waardetabel | None = None
    datum_inschrijving_in_gemeente: Datum | None = None
    adressering: Adressering | None = None
    indicatie_curatele_register: bool | None = None
    indicatie_gezag_minderjarige: Waardetabel | None = None
    gezag: list[Gezagsrelatie] = []
    verblijfstitel: Verblijfstitel | None = None
    kinderen: list[Kind] = []
    ouders: list[Ouder] = []
    partners: list[Partner] = []
