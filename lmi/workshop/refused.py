"""An input that cannot be taken, in one sentence for whoever sent it."""

from __future__ import annotations

from lmi.errors import LmiError

__all__ = ["Refused"]


class Refused(LmiError):
    """An input is not taken.

    Parameters
    ----------
    sentence : str
        What is wrong and what to do.
    status : int
        Of the reply; 4xx is for good but for 401, 423 and 429, after which, as after 5xx, the
        sender keeps the input and tries again.
    """

    def __init__(self, sentence: str, status: int = 422) -> None:
        self.sentence, self.status = sentence, status
        super().__init__(sentence)
