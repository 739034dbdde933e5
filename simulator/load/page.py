"""The page of a run: what was asked, whether the budgets were kept, and the figures by scenario and phase."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from simulator.load.budgets import read_budgets
from simulator.load.report import Run, show

PAGE, CHARTS = "report.html", "locust.html"


def write_page(run: Run, folder: Path) -> None:
    """Write it beside the charts and tables that Locust makes itself."""
    (folder / PAGE).write_text(render_page(run), "utf-8")


def render_page(run: Run) -> str:
    """The page, in one file."""
    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    failures = [
        (entry, why, number)
        for entry in run.tally.entries
        for why, number in sorted(entry.failures.items(), key=lambda each: -each[1])
    ]
    return templates.get_template(PAGE).render(
        run=run,
        lines=run.lines,
        budgets=read_budgets(run.plan.get("budget", "")),
        failures=failures,
        seconds=sum(run.phases.values()),
        charts=CHARTS,
        show=show,
    )
