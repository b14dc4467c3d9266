"""An assignment on paper, for whoever has neither phone nor notebook: what the form shows, with room to write."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.tree import SyntaxTreeNode

from mallette import markdown
from mallette.french import duration
from mallette.grading import literals, notebook
from mallette.grading.assignment import Assignment, Item
from mallette.grading.documents.sheet import BOX, Block, Field, Heading, Note, Paragraph, Points, Sheet, Space, table

NAME = "a-imprimer"
RULE = (
    "N’écrivez ni votre nom, ni celui de quelqu’un d’autre, ni une histoire reconnaissable. Votre code vous est donné "
    "par la personne qui évalue, qui recopie ensuite vos réponses."
)


def sheet(asked: Assignment) -> Sheet:
    """Return the assignment to print: nothing in it tells an answer."""
    worth = [duration(asked.minutes), *([notebook.points(asked.points)] if asked.points else [])]
    blocks: list[Block] = [Field("Code"), Note(RULE), *_prose(asked.introduction)]
    for text in asked.documents:
        blocks += [Heading(text.title), *_prose(text.text)]
    blocks.append(Heading("Questions"))
    for item in asked.items:
        blocks += _asked(item)
    return Sheet(asked.title, " · ".join(worth), tuple(blocks))


def _asked(item: Item) -> Iterator[Block]:
    question = item.question
    points = f" ({notebook.points(item.points)})" if item.points else ""
    yield Heading(f"Question {item.rank}. {item.title}{points}", level=3)
    yield Paragraph(question.prompt)
    yield from (Paragraph(line) for line in question.on_paper())
    options = question.options()
    if options:
        letters = [
            f"{literals.LETTERS[place]}. " if literals.lettered(question) else "" for place in range(len(options))
        ]
        yield Points(tuple(f"{BOX} {letter}{text}" for letter, text in zip(letters, options, strict=True)))
    if question.written:
        yield Space("Votre texte", max(question.content["lignes"], 8))


def _prose(text: str) -> Iterator[Block]:
    """Yield the blocks of a text in Markdown; emphasis is lost."""
    tree = SyntaxTreeNode(markdown.reader().parse(text))
    for node in tree.children:
        if node.type == "table":
            head, *rows = [[_plain(cell) for cell in row.children] for part in node.children for row in part.children]
            yield table("", head, rows)
        elif node.type in ("bullet_list", "ordered_list"):
            yield Points(tuple(_plain(item) for item in node.children))
        elif node.type == "heading":
            yield Heading(_plain(node), level=3)
        else:
            yield Paragraph(_plain(node))


def _plain(node: SyntaxTreeNode) -> str:
    if node.type in ("softbreak", "hardbreak"):
        return " "
    return node.content if node.type in ("text", "code_inline") else "".join(_plain(child) for child in node.children)
