"""Answers of quizzes: out of the pages that ask, once for a unit, at its end."""

from __future__ import annotations

from bs4 import Tag

from mallette.publication.page import new

TITLE = "Réponses et explications"
ELSEWHERE = f"{TITLE}, sous les mêmes numéros"


class Answers:
    """The answers of a group of pages, numbered as questions come; a question asked twice keeps its number."""

    def __init__(self, prefix: str) -> None:
        """Begin.

        Args:
            prefix: what the ids begin with.
        """
        self.prefix = prefix
        self.numbers: dict[tuple[str, str], int] = {}
        self.list = new("ol", **{"class": "reponses"})

    def take(self, quiz: Tag) -> None:
        """Move the answers of a quiz here and leave the way to them in their place.

        Args:
            quiz: the paper form of a quiz (``quiz/templates/paper.html.j2``).
        """
        folded = quiz.find("details")
        if not folded or not _items(quiz):
            return
        questions, answers = _items(quiz), _items(folded)
        numbers = [self._number(question, answer) for question, answer in zip(questions, answers, strict=True)]
        for question, number in zip(questions, numbers, strict=True):
            question["value"] = str(number)  # asked and answered under one number, which is not its rank in this quiz
        way = new("p", **{"class": "renvoi"})
        way.append(new("a", ELSEWHERE, href=f"#{self._id('reponse', numbers[0])}"))
        folded.replace_with(way)

    def _number(self, question: Tag, answer: Tag) -> int:
        key = (question.get_text(), answer.get_text())
        if key not in self.numbers:
            number = self.numbers[key] = len(self.numbers) + 1
            question["id"] = self._id("question", number)
            line = new("p", **{"class": "question"})
            prompt = question.p or question
            line.append(new("a", prompt.get_text(), href=f"#{question['id']}"))
            item = new("li", id=self._id("reponse", number))
            item.append(line)
            item.extend(list(answer.children))
            self.list.append(item)
        return self.numbers[key]

    def _id(self, kind: str, number: int) -> str:
        return f"{self.prefix}--{kind}-{number}"

    def section(self, level: int) -> Tag | None:
        """Return the answers under their heading, or nothing when no question was asked."""
        if not self.numbers:
            return None
        made = new("section", id=f"{self.prefix}--reponses", **{"class": "page"})
        made.append(new(f"h{level}", TITLE))
        made.append(self.list)
        return made


def _items(element: Tag) -> list[Tag]:
    found = element.find("ol", recursive=False)
    return list(found.find_all("li", recursive=False)) if found else []
