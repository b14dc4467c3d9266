"""Write the schema that editors read (``quiz/schema.json``): ``python -m mallette.questions``."""

import json
from pathlib import Path

from mallette.paths import PACKAGE
from mallette.questions import SCHEMA

_WIDTH = 120


def lines(value: object, indent: int = 0) -> str:
    """Return JSON of which each part stands on one line if it fits."""
    text = json.dumps(value, ensure_ascii=False)
    if len(text) + indent < _WIDTH or not isinstance(value, dict | list):
        return text
    inner, (left, right) = " " * (indent + 2), "{}" if isinstance(value, dict) else "[]"
    items = value.items() if isinstance(value, dict) else (("", item) for item in value)
    parts = [(f"{json.dumps(key)}: " if key else "") + lines(item, indent + 2) for key, item in items]
    return f"{left}\n{inner}" + f",\n{inner}".join(parts) + f"\n{' ' * indent}{right}"


def write(path: Path, schema: dict) -> None:
    """Write a JSON Schema as editors read it."""
    path.write_text(lines(schema) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(PACKAGE / "quiz" / "schema.json", SCHEMA)
