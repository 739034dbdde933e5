"""``report``: write the conformity report of an Afnemer, and fail when its tests touched too little."""

from pathlib import Path
from typing import Any

import click

from simulator.cli.client import ADMIN, Client, with_client
from simulator.cli.output import print_facts, print_json, print_table

_TYPES = {"html": "text/html", "pdf": "application/pdf", "json": "application/json"}


@click.command()
@click.option("--key", envvar="SIMULATOR_API_KEY", help="API key of the Afnemer, such as demo-voorbeeldstad.")
@click.option("--oin", help="Or its OIN, with the token of the control API.")
@click.option(
    "--format", "formaat", type=click.Choice(list(_TYPES)), default="html", show_default=True, help="Of the file."
)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write.  [default: conformiteit.FORMAT]"
)
@click.option(
    "--fail-under", type=click.IntRange(0, 100), metavar="PERCENT",
    help="Exit code 1 when less of the contract than this was touched.",
)  # fmt: skip
@click.option("--require-checklist", is_flag=True, help="Exit code 1 when something that has to be shown was not.")
@with_client
def report(
    client: Client,
    key: str | None,
    oin: str | None,
    formaat: str,
    output: Path | None,
    fail_under: int | None,
    require_checklist: bool,
) -> None:
    """Write the conformity report of an Afnemer: checklist, rules with their proof, coverage of the contract."""
    if (key is None) == (oin is None):
        raise click.UsageError("give --key or --oin: whose report is it?")
    output = output or Path(f"conformiteit.{formaat}")
    rapport = _fetch(client, key, oin, "json").json()
    content = _fetch(client, key, oin, formaat).content
    try:
        output.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"cannot write {output}: {error.strerror}") from error
    faults = _list_faults(rapport["feiten"], fail_under, require_checklist=require_checklist)
    _show(client, rapport, output, faults)
    raise SystemExit(1 if faults else 0)


def _fetch(client: Client, key: str | None, oin: str | None, formaat: str) -> Any:
    if key is not None:
        path, headers = "/api/conformiteit/v1/rapport", {"X-API-Key": key}
    else:
        path, headers = f"{ADMIN}/afnemers/{oin}/conformiteit", {"Authorization": f"Bearer {client.token}"}
    return client.send("GET", path, headers=headers | {"Accept": f"{_TYPES[formaat]}, application/problem+json;q=0.1"})


def _list_faults(feiten: dict[str, Any], fail_under: int | None, *, require_checklist: bool) -> list[str]:
    faults = []
    dekking = feiten["dekking"]
    if fail_under is not None and dekking["procent"] < fail_under:
        faults.append(
            f"coverage {dekking['procent']}% ({dekking['geraakt']} of {dekking['bereikbaar']} rules) is below "
            f"--fail-under {fail_under}"
        )
    missing = sum(len(dienst["ontbrekend"]) for dienst in feiten["diensten"])
    if require_checklist and missing:
        faults.append(f"{missing} points of the checklist that have to be shown are missing")
    return faults


def _show(client: Client, rapport: dict[str, Any], output: Path, faults: list[str]) -> None:
    feiten = rapport["feiten"]
    dekking = feiten["dekking"]
    if client.as_json:
        print_json({"bestand": str(output), "digest": rapport["digest"], "dekking": dekking,
                    "geslaagd": feiten["geslaagd"], "fouten": faults})  # fmt: skip
        return
    facts = [(each["naam"], f"{each['getoond']} of {each['totaal']} points shown") for each in feiten["diensten"]]
    coverage = f"{dekking['procent']}% ({dekking['geraakt']} of {dekking['bereikbaar']} rules touched)"
    print_facts([("Afnemer", feiten["afnemer"]["naam"]), *facts, ("Coverage", coverage), ("Digest", rapport["digest"])])
    rows = [
        (punt["titel"], punt["hoe"])
        for dienst in feiten["diensten"]
        for punt in dienst["punten"]
        if punt["id"] in dienst["ontbrekend"]
    ]
    if rows:
        print_table(("still to show", "how"), rows)
    click.echo(f"wrote {output}")
    for fault in faults:
        click.echo(f"failed: {fault}", err=True)
