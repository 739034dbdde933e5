import importlib
import re
from collections.abc import Iterator

from simulator.infra.errors import Refusal
from simulator.infra.regels import Regel
from tests.architecture.source import DOCUMENTS, PROGRAM, ROOT

PREFIXES = ("AF", "AS", "BB", "BRP", "DD", "FA", "GB", "LP", "LZ", "PG", "PT", "SIM", "VB", "VW")
REGEL_ID = re.compile(rf"(?:{'|'.join(PREFIXES)})-[0-9a-z][0-9a-z.-]*[0-9a-z]")
KINDS = "simulator.infra.errors"
# A path or a form that is not there follows no rule of MijnOverheid; nobody counts typing errors.
WITHOUT_RULE = {"UnknownPath", "FormExpired", "GebruikerNotFound", "TooManyLargeBodies"}
IN_A_DOCUMENT = re.compile(rf"`({REGEL_ID.pattern})`")


# These act when they are imported: they migrate, build the app, or (Locust) change the Python they run in.
NOT_IMPORTED = ("simulator/migrations", "simulator/wsgi", "simulator/load/locustfile")


def _modules() -> Iterator[object]:
    for file in PROGRAM:
        if not file.name.startswith(NOT_IMPORTED) and file.path.name != "__main__.py":
            dotted = file.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            yield importlib.import_module(dotted)


def _regels() -> list[Regel]:
    """Every rule that the code defines, once, wherever it stands."""
    found = {id(value): value for module in _modules() for value in vars(module).values() if isinstance(value, Regel)}
    return list(found.values())


def _refusals(kind: type[Refusal] = Refusal) -> list[type[Refusal]]:
    below = kind.__subclasses__()
    return below + [each for child in below for each in _refusals(child)]


def test_every_rule_has_an_id_of_its_own() -> None:
    ids = [regel.id for regel in _regels()]
    assert len(ids) == len(set(ids))
    assert not [each for each in ids if not REGEL_ID.fullmatch(each)]


def test_every_rule_says_what_it_is_and_where_it_is_written() -> None:
    assert not [regel.id for regel in _regels() if not (regel.titel and regel.bron and regel.herkomst)]


def test_every_rule_is_in_the_catalogue() -> None:
    catalogued = {
        regel.id for module in _modules() for regel in getattr(module, "REGELS", ()) if isinstance(regel, Regel)
    }
    assert {regel.id for regel in _regels()} == catalogued


def test_every_refusal_has_a_slug_of_its_own_and_a_title() -> None:
    list(_modules())
    slugs = [refusal.slug for refusal in _refusals() if "slug" in vars(refusal)]
    assert not {slug for slug in slugs if slugs.count(slug) > 1}
    assert all(refusal.title for refusal in _refusals())


def test_every_refusal_names_the_rule_it_follows() -> None:
    list(_modules())
    own = [refusal for refusal in _refusals() if "slug" in vars(refusal) and refusal.__module__ != KINDS]
    assert {refusal.__name__ for refusal in own if refusal.regel is None} <= WITHOUT_RULE


def test_every_problem_is_documented_and_no_other() -> None:
    list(_modules())
    expected = {_as_row(refusal) for refusal in _refusals() if "slug" in vars(refusal)}
    documented = re.findall(r"^\| `.*\|$", (ROOT / "docs" / "problems.md").read_text("utf-8"), re.MULTILINE)
    assert documented == sorted(expected)


def _as_row(refusal: type[Refusal]) -> str:
    regel = f"`{refusal.regel.id}`" if refusal.regel else ""
    return f"| `{refusal.slug}` | {refusal.status} | {refusal.title} | {regel} |"


def test_every_rule_that_a_document_names_exists() -> None:
    known = {regel.id for regel in _regels()}
    named = {(path.name, each) for path in DOCUMENTS for each in IN_A_DOCUMENT.findall(path.read_text("utf-8"))}
    assert not {(path, each) for path, each in named if each not in known}
