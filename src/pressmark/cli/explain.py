"""``pressmark explain``"""

from __future__ import annotations

import click

from pressmark.errors import UsageError


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Explain a CODE: what it means, why it matters, what to do. Without one, list them all."""
    from pressmark.explaining import explanations

    known = explanations()
    if code is None:
        for each in known.values():
            click.echo(f"{each.code}  {each.name}")
        return
    found = known.get(code.upper()) or next((each for each in known.values() if each.name == code), None)
    if found is None:
        raise UsageError(f"there is no code {code}", hint="pressmark explain   lists them all")
    click.echo(f"{found.code}  {found.name}\n\n{found.page}")
