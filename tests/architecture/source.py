"""The source of the house, parsed once, for the tests that read it."""

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class SourceFile:
    path: Path

    @property
    def name(self) -> str:
        """The path from the root of the project, with forward slashes."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def room(self) -> str:
        """``berichtenbox`` of ``simulator/berichtenbox/rules.py``; ``app`` of ``simulator/app.py``."""
        return Path(self.name).parts[1].removesuffix(".py")

    @cached_property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))

    def functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    def imports(self) -> list[tuple[str, str, int]]:
        """Each imported name as (module, name, line); the name of ``import x`` is empty."""
        found: list[tuple[str, str, int]] = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found += [(alias.name, "", node.lineno) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                found += [(node.module or "", alias.name, node.lineno) for alias in node.names]
        return found


def _files(folder: str) -> tuple[SourceFile, ...]:
    return tuple(SourceFile(path) for path in sorted((ROOT / folder).rglob("*.py")))


PROGRAM = _files("simulator")
TESTS = _files("tests") + _files("loadtests")
DOCUMENTS = (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")))
