"""``openapi``: the OpenAPI document of an API, made from the code, so without a running simulator."""

import click

from simulator.cli.output import print_json


@click.command()
@click.argument("name", required=False)
def openapi(name: str | None) -> None:
    """Print the OpenAPI document of the API NAME; without NAME: which there are."""
    from simulator.app import APIS

    known = {api.name: api for api in APIS}
    if name is None:
        for api in known.values():
            click.echo(f"{api.name}  {api.prefix}/openapi.json")
        return
    if name not in known:
        raise click.BadParameter(f"there is no API {name!r}; choose one of {', '.join(known)}", param_hint="NAME")
    print_json(known[name].openapi())
