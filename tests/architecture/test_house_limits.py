import re

from tests.architecture.source import PROGRAM, TESTS

# Parameters and complexity have a limit too: ruff counts those (pyproject.toml, max-args and max-complexity).
LONGEST_FUNCTION = 50
LONGEST_FILE = 400
LONGEST_TEST_FILE = 600
MIGRATIONS = "simulator/migrations/versions/"  # a migration is one list of tables, without a decision in it

DUSTBINS = {
    "base", "common", "constants", "core", "helper", "helpers", "lib", "manager", "managers", "misc",
    "service", "services", "shared", "stuff", "tools", "util", "utils",
}  # fmt: skip
SUPPRESSION = re.compile(r"#\s*(noqa|type:\s*ignore|nosec|pragma: no cover)(?P<rest>.*)")
REASONED = re.compile(r"(: ?[A-Z]+\d+(, ?[A-Z]+\d+)*|\[[a-z-]+(, ?[a-z-]+)*\]|( [A-Z]\d+)?)\s+(-|–|#)\s*\S+")


def test_no_function_is_longer_than_fifty_lines() -> None:
    too_long = [
        f"{file.name}:{function.lineno} {function.name}: {length} lines"
        for file in PROGRAM + TESTS
        if not file.name.startswith(MIGRATIONS)
        for function in file.functions()
        if (length := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not too_long


def test_no_file_of_the_program_is_longer_than_four_hundred_lines() -> None:
    assert not [file.name for file in PROGRAM if len(file.text.splitlines()) > LONGEST_FILE]


def test_no_file_of_tests_is_longer_than_six_hundred_lines() -> None:
    assert not [file.name for file in TESTS if len(file.text.splitlines()) > LONGEST_TEST_FILE]


def test_nothing_has_the_name_of_a_dustbin() -> None:
    assert not [file.name for file in PROGRAM if DUSTBINS & set(file.name.removesuffix(".py").split("/"))]


def test_every_suppression_names_its_code_and_its_reason() -> None:
    bare = [
        f"{file.name}:{number}: {line.strip()}"
        for file in PROGRAM
        for number, line in enumerate(file.text.splitlines(), 1)
        if (found := SUPPRESSION.search(line)) and not REASONED.match(found["rest"])
    ]
    assert not bare
