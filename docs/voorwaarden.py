"""docs/voorwaarden.md, written from the catalogue of articles, the catalogue of rules and the marks of the tests."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from simulator.app import REGELS
from simulator.voorwaarden import HOOFDSTUKKEN, VERSIE, Artikel

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "voorwaarden.md"
_INTRO = f"""# The Voorwaarden as behaviour

Every article, sub-article and Begrip of the Voorwaarden MijnOverheid productieomgeving, version {VERSIE}: what it says
in our own words, whom it binds, what the simulator does with it, the rules that follow from it, and the tests that
prove it. The page `/voorwaarden` shows the same with what an omgeving did with each rule; programs get it, without a
token, from `curl -H 'Accept: application/json' http://127.0.0.1:8000/voorwaarden`.

This file is written by `make voorwaarden` from the catalogue in `simulator/voorwaarden`, the rules, and the marks of
the tests (`@pytest.mark.artikel("3.4")`); a test compares it. Do not edit it by hand.
"""


def main() -> None:
    """Write the document anew."""
    DOCUMENT.write_text(render(), "utf-8")


def render() -> str:
    """The document as it should be."""
    proofs = list_proofs()
    lines = [_INTRO]
    for hoofdstuk in HOOFDSTUKKEN:
        lines.append(f"## {hoofdstuk.kop}\n")
        lines += ["\n".join(_describe(each, proofs.get(each.nummer, ()))) + "\n" for each in hoofdstuk.artikelen]
    return "\n".join(lines)


def list_proofs() -> Mapping[str, list[str]]:
    """By article the tests that carry its mark: ``tests/digid/test_rules.py::test_so``, in order."""
    proofs: defaultdict[str, list[str]] = defaultdict(list)
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        for test, nummer in _list_marks(ast.parse(file.read_text("utf-8"))):
            proof = f"{file.relative_to(ROOT).as_posix()}::{test}"
            if proof not in proofs[nummer]:
                proofs[nummer].append(proof)
    return proofs


def _list_marks(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Each test with the number in each mark on it, those on its parameters too."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for call in (node for each in function.decorator_list for node in ast.walk(each)):
                if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.artikel":
                    yield function.name, ast.literal_eval(call.args[0])


def _describe(artikel: Artikel, proofs: Sequence[str]) -> Iterator[str]:
    yield f"### {artikel.kop}\n"
    yield f"{artikel.samenvatting}\n"
    yield f"- Voor wie: {', '.join(artikel.bindt)}."
    yield f"- In de simulator: {artikel.uitwerking}"
    if artikel.paden:
        yield f"- Te zien op: {', '.join(f'`{pad}`' for pad in artikel.paden)}."
    regels = [f"`{each}` ({REGELS[each].titel})" for each in artikel.regels]
    yield "- Regels: " + ("; ".join(regels) if regels else "geen") + "."
    yield "- Tests:"
    for proof in proofs:
        file, _, test = proof.partition("::")
        yield f"  - [{test.removeprefix('test_').replace('_', ' ')}](../{file})"


if __name__ == "__main__":
    main()
