"""Words that the room's screens and the record share."""

from __future__ import annotations

from lmi.assessment.people import AFTER_ACTION, ANSWERS, FULLY, SYSTEMS

__all__ = [
    "AFTER_ACTION",
    "ANSWERS",
    "DONE",
    "FULLY",
    "KIND_NAMES",
    "LEAVES",
    "MINUTES",
    "RATING_WORDS",
    "STEP_NAMES",
    "SYSTEM_NAMES",
    "TASKS",
    "answer_parts",
    "kind_name",
]

STEP_NAMES = {
    "welcome": "Welcome",
    "see": "See",
    "weigh": "Weigh",
    "know": "Know",
    "agree": "Agree",
    "scope": "Scope",
    "decide": "Decide",
    "record": "Record",
}
TASKS = {
    "welcome": "Wait here: this page moves on by itself.",
    "see": "Read what is known of each sector, and how sure each number is.",
    "weigh": "Say what matters to you. Your own ranking moves as you do.",
    "know": "Add what you know, and who already works with these employers.",
    "agree": "See where the room agrees, and where it does not.",
    "scope": "Try a sector wider or narrower, and other counties.",
    "decide": "Settle on a first sector, and say whether you agree.",
    "record": "Thank you. What the room decided is written down.",
}
"""What each step asks of a person, in one sentence."""

MINUTES = {
    "welcome": 8, "see": 17, "weigh": 10, "know": 20, "agree": 10, "scope": 8, "decide": 15,
    "record": 2,
}  # fmt: skip
"""What the agenda gives each step."""
LEAVES = {
    "know": {
        "said": "What do you know on the ground?",
        "doors": "Who knocks at the same doors",
        "known": "All that is known",
    },
    "agree": {
        "stand": "How the sectors stand",
        "differ": "Where you differ",
        "weights": "What matters to you",
        "second": "Second ballot",
    },
    "scope": {
        "footprint": "The footprint",
        "fits": "Which sectors it fits",
        "counties": "What each county does",
        "definition": "The definition, and what changes",
    },
}
"""The leaves that a step has on the wall, by their keys; See has one for each sector."""

DONE = {
    "lock": "locked the door",
    "unlock": "opened the door",
    "close": "closed the workshop",
    "reopen": "opened the workshop again",
    "remove": "took people out",
    "restore": "let people back in",
    "hide": "hid or showed words",
    "strike": "hid or showed words",
    "scope": "changed the scope",
    "decide": "saved the decision",
    "ballot": "asked for a second ballot",
}
"""What the facilitator did, by kind of event."""

KIND_NAMES = {
    "workforce": "Workforce",
    "education": "Education",
    "economic development": "Economic development",
    "community": "Community",
    "business": "Business",
    "other": "Other",
}


def kind_name(kind: str) -> str:
    """Name a kind of organisation, or those that are too small to be told apart.

    Examples
    --------
    >>> kind_name("business"), kind_name("pooled")
    ('Business', 'The other kinds together')
    """
    return KIND_NAMES.get(kind, "The other kinds together")


SYSTEM_NAMES = {system: system.capitalize() for system in SYSTEMS}
RATING_WORDS = {
    1: "Strongly against",
    2: "Against",
    3: "Neither for nor against",
    4: "For",
    5: "Strongly for",
}


def answer_parts(answer: str) -> tuple[str, str]:
    """Take an answer to an after-action question apart.

    Returns
    -------
    choice : str
        One of `ANSWERS`, or empty.

    Examples
    --------
    >>> answer_parts("Partly: two counties are open"), answer_parts("We think so")
    (('Partly', 'two counties are open'), ('', 'We think so'))
    """
    for choice in ANSWERS:
        if answer == choice:
            return choice, ""
        if answer.startswith(f"{choice}: "):
            return choice, answer.removeprefix(f"{choice}: ")
    return "", answer
