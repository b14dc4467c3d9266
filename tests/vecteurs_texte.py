"""Thirty texts that run somewhere when a page forgets to escape them: HTML, attributes, SVG, Markdown, templates, CSV.

Each would call ``alert`` or load an image from ``/trace``: a browser test listens for both.
"""

from __future__ import annotations

VECTORS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=/trace></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<img src=/trace>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<body onload=alert(1)>",
    "<a href=javascript:alert(1)>lien</a>",
    "<form action=/trace><button>Envoyer</button></form>",
    "<meta http-equiv=refresh content='0;url=/trace'>",
    "<link rel=stylesheet href=/trace>",
    "<style>@import '/trace';</style>",
    "<base href=/trace/>",
    "</li></ul></section></main><script>alert(1)</script>",
    "</title></style></textarea></script><img src=x onerror=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)' x='",
    '" autofocus onfocus=alert(1) x="',
    "&lt;img src=x onerror=alert(1)&gt;",
    "<!--><img src=x onerror=alert(1)>-->",
    "{{ 7 * 7 }}{% raw %}<script>alert(1)</script>",
    "[lien](javascript:alert(1)) ![image](/trace)",
    "<javascript:alert(1)> <https://exemple.fr/trace>",
    '=HYPERLINK("/trace";"lien")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
]
