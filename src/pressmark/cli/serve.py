"""``pressmark serve``"""

from __future__ import annotations

import webbrowser
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click

from pressmark.cli import options
from pressmark.errors import UsageError

HERE = "127.0.0.1"


class Handler(SimpleHTTPRequestHandler):
    """Files of the site, to this computer only, with the site's own page for what is not there."""

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing of each request."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        return None


Handler.extensions_map = {
    **SimpleHTTPRequestHandler.extensions_map,
    ".xml": "application/tei+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}


@click.command("serve")
@options.archive
@click.option("-p", "--port", default=8000, show_default=True, help="The port; 0 for any that is free.")
@click.option("--open/--no-open", "browser", default=False, help="Open the site in your browser.")
def command(archive: str, port: int, browser: bool) -> None:
    """Look at the site in a browser, on this computer only. Ctrl-C stops it."""
    from pressmark.archive.archive import Archive

    site = Archive(options.archive_root(archive)).root / "site"
    if not (site / "index.html").is_file():
        raise UsageError("the site is not built yet", place=str(site), hint="pressmark build")
    try:
        server = ThreadingHTTPServer((HERE, port), partial(Handler, directory=str(site)))
    except OSError as error:
        raise UsageError(f"port {port} is not free", hint="try another: --port 0") from error
    address = f"http://{HERE}:{server.server_port}/"
    click.echo(f"The site is at {address}  (Ctrl-C stops it)")
    if browser:
        webbrowser.open(address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("Stopped.")
    finally:
        server.server_close()
