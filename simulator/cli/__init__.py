"""The command line: ``mijnoverheid-simulator``, or ``mosim`` for short. Heavy imports happen inside the commands."""

from importlib import import_module

import click

from simulator import __version__
from simulator.settings import InvalidSetting

COMMANDS = {
    "serve": "Start the simulator.",
    "readyz": "Is it ready? With --wait: wait until it is.",
    "seed": "Begin an omgeving anew with a seed, and deliver a few demo messages.",
    "reset": "Empty an omgeving in milliseconds.",
    "klok": "Show, set or advance the clock.",
    "omgevingen": "Make, list and drop omgevingen.",
    "afnemers": "List, add and change Afnemers, keys and mandates.",
    "aansluiting": "Walk the road of a connection, from the form to production.",
    "gebruikers": "Who lives here: show a person.",
    "scenario": "Play a story for trainers, step by step.",
    "deliver": "Deliver a JSON or XML file, or a folder of them.",
    "voorwaarden": "The terms in time: announce, decide, and ask what if.",
    "weblinks": "Check the weblinks to dossiers of an Afnemer; a report of them.",
    "report": "Write the conformity report of an Afnemer.",
    "year": "Play an administrative year, with a report at the end.",
    "factuur": "Close months and years; list, show and download invoices.",
    "prognose": "What a year will cost: a table and a picture.",
    "load": "Put a service under load: run, search, compare.",
    "check": "Prove that messages, metering, totals and invoices agree.",
    "openapi": "Print the OpenAPI document of an API.",
    "config": "Show each setting and where its value came from.",
}


class _LazyGroup(click.Group):
    """Commands by name; a command's module is imported only when it runs, so that --help answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's interface
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's interface
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"simulator.cli.{cmd_name}"), cmd_name)
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except InvalidSetting as error:
            raise click.UsageError(str(error)) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's interface
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start here: mosim serve --demo",
)
@click.version_option(__version__, message="%(version)s")
def main() -> None:
    """Simulator of the production environment of MijnOverheid: deliver, log in, read, and see it counted."""
