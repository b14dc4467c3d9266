"""Plain arithmetic, written by an author or typed by a participant: numbers, + − × ÷, parentheses; nothing is run."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Mapping

_OPERATIONS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
_SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-"})


class NotArithmetic(ValueError):
    """The text is no such calculation, or it has no finite result; the message says why in French."""


def evaluate(text: str, names: Mapping[str, float] | None = None) -> float:
    """Return the result of ``text``, rounded to nine decimals.

    Args:
        text: for instance ``"(hommes - femmes) / 2"``; × ÷ − are understood too.
        names: values of the names that may be used.

    Raises:
        NotArithmetic: anything else is written there.
    """
    try:
        return result(ast.parse(text.translate(_SIGNS).strip(), mode="eval").body, names or {})
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        told = str(error) if isinstance(error, NotArithmetic) else "ce n’est pas un calcul"
        raise NotArithmetic(f"« {text[:80]} » : {told}") from None


def result(node: ast.expr, names: Mapping[str, float]) -> float:
    """Return the result of a calculation that is parsed already. Arguments and errors as for :func:`evaluate`."""
    try:
        value = round(_value(node, names), 9)
    except ZeroDivisionError:
        raise NotArithmetic("division par zéro") from None
    except (OverflowError, RecursionError):
        raise NotArithmetic("nombre trop grand") from None
    if not math.isfinite(value):
        raise NotArithmetic("nombre trop grand")
    return value


def _value(node: ast.expr, names: Mapping[str, float]) -> float:
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
        return _OPERATIONS[type(node.op)](_value(node.left, names), _value(node.right, names))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand, names)
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return float(node.value)
    if isinstance(node, ast.Name) and node.id in names:
        return float(names[node.id])
    raise NotArithmetic("seuls des nombres, + − × ÷ et des parenthèses se calculent")
