"""A server that records until it is killed: ``python -m tests.seance.writer LOCATION COURSE CODE QUESTION``.

Four phones change their answer again and again; each line printed is an acknowledgement, « token number ».
"""

from __future__ import annotations

import itertools
import sys

from mallette.paths import project
from mallette.seance.seances import Seances
from mallette.seance.store import Store


def main(location: str, course: str, code: str, question: str) -> None:
    seances = Seances(Store(location), project(course))
    tokens = [seances.join(code) for _ in range(4)]
    for number in itertools.count():
        token = tokens[number % 4]
        seances.record(code, token, question, 1, f"réponse {number}")
        sys.stdout.write(f"{token} {number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
