"""The static site of an archive: pages that need no script and no server."""

from __future__ import annotations

from pressmark.exporters.site.site import Archived, Site, SiteSettings

__all__ = ["Archived", "Site", "SiteSettings"]
