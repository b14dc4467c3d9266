"""Is all that readers see read, and nothing else?"""

from __future__ import annotations

from mallette.checks import pages

PAGE = """\
---
titre: en-tête
---
# Titre

```{unite}
```

Après une directive.

````{admonition} Boîte
Dans la boîte.

```{code-cell}
code = 1
```

Toujours dans la boîte.
````

```bash
make test
```

:::{note}
Deux-points.
:::

Fin. <!-- caché -->
"""


def test_prose_is_read_after_the_end_of_a_directive_and_code_never() -> None:
    lines = pages.without_code(PAGE).split("\n")
    assert len(lines) == len(PAGE.split("\n"))
    shown = "\n".join(lines)
    for text in ("Après une directive.", "Dans la boîte.", "Toujours dans la boîte.", "Deux-points.", "Fin."):
        assert text in shown
    for text in ("en-tête", "code = 1", "make test", "caché"):
        assert text not in shown
    assert [line for _, line in pages.prose_lines(PAGE)][1] == "Après une directive."
