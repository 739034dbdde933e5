import ast

import pytest

from tests.architecture.source import PROGRAM, SourceFile

ABOUT_EIGHT = 12
FRONT_DOORS = {file.room: file for file in PROGRAM if file.name == f"simulator/{file.room}/__init__.py"}
# infra has no front door (its files are its words); these have nobody above them that could enter.
OPEN = {"infra", "cli", "migrations"}
ROOMS = sorted(FRONT_DOORS.keys() - OPEN)


def offered(file: SourceFile) -> set[str]:
    """The names in ``__all__`` of a front door."""
    for node in file.tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


@pytest.mark.parametrize("room", ROOMS)
def test_a_front_door_offers_about_eight_names(room: str) -> None:
    assert len(offered(FRONT_DOORS[room])) <= ABOUT_EIGHT


def test_nobody_goes_past_the_front_door_of_another_room() -> None:
    trespassers = []
    for file in PROGRAM:
        for module, name, line in file.imports():
            _, _, inside = module.partition("simulator.")
            room, _, rest = inside.partition(".")
            if room not in ROOMS or room == file.room:
                continue
            if rest or name not in offered(FRONT_DOORS[room]):
                trespassers.append(f"{file.name}:{line} takes {name} from {module}")
    assert not trespassers


def test_nobody_leaves_its_own_room_to_come_in_again_at_the_front() -> None:
    through_the_front = [
        f"{file.name}:{line} takes {name} from {module}"
        for file in PROGRAM
        for module, name, line in file.imports()
        if file.room in ROOMS and module == f"simulator.{file.room}" and name in offered(FRONT_DOORS[file.room])
    ]
    assert not through_the_front
