import hashlib
import json
import re
from pathlib import Path

import simulator

STATIC = Path(simulator.__file__).parent / "portaal" / "static"
VENDOR = STATIC / "vendor"
FREE = {"EUPL-1.2", "OFL-1.1"}


def vendored() -> dict[str, dict[str, str]]:
    return {entry["file"]: entry for entry in json.loads((VENDOR / "vendor.json").read_text("utf-8"))["files"]}


def test_every_vendored_file_is_the_one_that_was_vendored() -> None:
    hashes = {
        file.relative_to(VENDOR).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in VENDOR.rglob("*")
        if file.is_file() and file.name != "vendor.json"
    }
    assert hashes == {name: entry["sha256"] for name, entry in vendored().items()}


def test_every_vendored_file_tells_its_package_version_and_free_licence() -> None:
    for entry in vendored().values():
        assert entry["licence"] in FREE
        assert re.fullmatch(r"\d+\.\d+\.\d+", entry["version"])
        assert entry["name"].startswith(("@utrecht/", "@fontsource/"))


def test_no_stylesheet_asks_anything_of_another_site() -> None:
    for file in STATIC.rglob("*.css"):
        assert not re.search(r"url\(\s*[\"']?(https?:|//)|@import", file.read_text("utf-8")), file
