"""``make screenshots``: every kind of page at three widths, light and dark, to be looked at; and the pictures of the README."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import click
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import FLAGS, chromium, served
from tests.browser.kinds import PAGES

WIDTHS = (360, 768, 1440)
README = {
    "zoeken": "/zoeken?q=Cool:Gen",
    "stuk": "/kst-91066-83?q=Cool:Gen",
    "term": "/term?q=Cool:Gen&sort=left",
    "dossier": "/dossier/91066",
}
"""Pictures that the README shows: names and addresses."""
_README_FOLDER = Path(__file__).parents[2] / "web" / "screenshots"


def shoot(browser: Browser, site: str, out: Path, *, whole: bool) -> int:
    """Make a picture of every kind of page at every width in both schemes; gives how many."""
    made = 0
    for scheme in ("light", "dark"):
        for width in WIDTHS:
            context = browser.new_context(
                base_url=site, viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
            )
            page = context.new_page()
            for name, address in PAGES.items():
                page.goto(address)
                page.screenshot(path=out / f"{name}-{width}-{scheme}.png", full_page=whole)
                made += 1
            context.close()
    return made


def shoot_readme(browser: Browser, site: str) -> None:
    """Make the pictures of the README."""
    context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 800}, color_scheme="light")
    page = context.new_page()
    for name, address in README.items():
        page.goto(address)
        page.screenshot(path=_README_FOLDER / f"{name}.png")
    context.close()


@click.command("screenshots")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("build/screenshots"), show_default=True)
@click.option("--whole", is_flag=True, help="Whole pages instead of what a window shows.")
@click.option("--readme/--no-readme", default=True, help="Also renew the pictures of the README.")
def main(out: Path, whole: bool, readme: bool) -> None:
    """Index the sample, serve it on the loopback address, and make pictures of its pages."""
    found = chromium()
    if found is None:
        raise click.ClickException("no Chromium here; install Debian's chromium or name one in CHROMIUM")
    out.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory(prefix="kamerstukken-screenshots-") as data,
        served(Path(data)) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        made = shoot(browser, site, out, whole=whole)
        if readme:
            shoot_readme(browser, site)
        browser.close()
    click.echo(f"{made} pictures in {out}", err=True)


if __name__ == "__main__":
    main()
