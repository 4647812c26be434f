"""How much was judged: what every way of judging reports."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Judged:
    """How much was judged and found."""

    subjects: int = 0
    findings: int = 0
    outcomes: int = 0

    def __add__(self, other: "Judged") -> "Judged":
        return Judged(self.subjects + other.subjects, self.findings + other.findings, self.outcomes + other.outcomes)
