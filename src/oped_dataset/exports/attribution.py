"""Who says it: the chain of voices of claims, and of the events, relations and quantities they carry.

Here: what every exporter puts beside a claim, an event or a relation, nested and as one line to read.
Not here: how a format writes it down (the module of each format).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TypeAlias

import attrs

from oped_dataset.codec import wire
from oped_dataset.model.article import Article
from oped_dataset.model.records import Claim
from oped_dataset.model.vocabulary import Side
from oped_dataset.validation import rules

Data: TypeAlias = dict[str, Any]
"""A record as plain data, with the keys of the file format."""

CHAIN: Final = " > "
"""Stands between a voice and the one it relays."""

CHAINS: Final = " | "
"""Stands between the chains of different claims."""


@attrs.frozen
class Attribution:
    """What has to accompany the records of one article.

    Attributes:
        names: The name of each entity by id.
        claims: The claims as plain data by id.
        carriers: The ids of the claims that carry an event, a relation or a quantity, by its id.
        sides: On which side of each claim its innermost voice stands, by the id of the claim.
    """

    names: dict[str, str]
    claims: dict[str, Data]
    carriers: dict[str, list[str]]
    sides: dict[str, Side]

    @classmethod
    def of(cls, article: Article, plain: Data | None = None) -> Attribution:
        """Go through an article once.

        Args:
            article: The article.
            plain: The same as plain data, where the caller has it already.

        Raises:
            InvalidArticle: It breaks rules, so that nobody may answer for some of its records.
        """
        rules.sound(article)
        carriers: dict[str, list[str]] = {}
        for claim in article.claims:
            for record_id in claim.carries:
                carriers.setdefault(record_id, []).append(claim.id)
        claims = {claim["id"]: claim for claim in (plain or wire.to_data(article))["claims"]}
        names = {entity.id: entity.name for entity in article.entities}
        return cls(names, claims, carriers, {claim.id: claim.side for claim in article.claims})

    def told_by(self, record_id: str) -> list[Data]:
        """The claims that carry a record, each with its voices."""
        return self.claims_with_voices(self.carriers.get(record_id, ()))

    def claims_with_voices(self, claim_ids: Iterable[str]) -> list[Data]:
        """The claims of these ids, each with its voices."""
        return [{"claim": claim_id, "voices": self.claims[claim_id]["voices"]} for claim_id in claim_ids]

    def told_by_line(self, record_id: str) -> str:
        """The chains of all claims that carry a record, on one line."""
        return self.lines(self.carriers.get(record_id, ()))

    def lines(self, claim_ids: Iterable[str]) -> str:
        """The chains of the claims of these ids, on one line."""
        return CHAINS.join(self.line(claim_id) for claim_id in claim_ids)

    def line(self, claim_id: str) -> str:
        """The voices of a claim on one line, outermost first: `Ines (say, certain) > the Gull (deny, probable)`."""
        voices = self.claims[claim_id]["voices"]
        return CHAIN.join(f"{self.name(voice['source'])} ({voice['act']}, {voice['commitment']})" for voice in voices)

    def sides_in(self, argument: Data) -> dict[str, Side]:
        """The sides of the claims that an argument joins, `source_side` and `target_side`; an argument has no side."""
        ends = ((f"{end}_side", argument[end]) for end in ("source", "target"))
        return {name: self.sides[claim_id] for name, claim_id in ends if claim_id in self.sides}

    def name(self, entity_id: str) -> str:
        """The name of an entity."""
        return self.names.get(entity_id, entity_id)


def flat_voices(claim: Claim) -> Data:
    """The ends of a claim's chain, for readers of flat rows: who is outermost and innermost, and how committed."""
    outermost, innermost = claim.voices[0], claim.voices[-1]
    return {
        "depth": len(claim.voices),
        "outermost": outermost.source,
        "outermost_commitment": str(outermost.commitment),
        "innermost": innermost.source,
        "innermost_commitment": str(innermost.commitment),
        "innermost_side": claim.side,
    }
