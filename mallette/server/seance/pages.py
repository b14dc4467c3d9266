"""Pages of the séance's handlers, from Jinja templates that escape everything."""

from __future__ import annotations

import jinja2

from mallette.paths import PACKAGE
from mallette.seance import report

_FOLDERS = [PACKAGE / "server" / "seance" / "templates", report.TEMPLATES]
_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(_FOLDERS), autoescape=True, trim_blocks=True, lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)


def render(template: str, **values: object) -> str:
    """Return ``templates/<template>.html.j2`` filled with ``values``."""
    return _TEMPLATES.get_template(f"{template}.html.j2").render(values)
