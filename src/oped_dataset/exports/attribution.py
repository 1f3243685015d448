"""Who says it: the chains of voices of claims, and of the events, relations and quantities that claims carry.

Here: the voices every exporter puts beside a claim, an event or a relation, nested and as one line to read.
Not here: how a format writes them (the module of each format).

A chain can be long, and a claim can carry many records, so writing every chain out beside every record could make a
file larger than the article by any factor. Lines are therefore cut, with a count of the rest, and formats whose nested
cells repeat the chains refuse an article where that would be out of proportion.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

import attrs

from oped_dataset.codec import wire
from oped_dataset.errors import NotExportable
from oped_dataset.messages import cut
from oped_dataset.model.article import Article
from oped_dataset.model.records import Claim
from oped_dataset.model.vocabulary import Side
from oped_dataset.model.wording import LONGEST_NAME, ends_of, with_count
from oped_dataset.validation import rules

Data: TypeAlias = dict[str, Any]
"""A record as plain data, with the keys of the file format."""

CHAIN: Final = " > "
"""Separates a voice from the one it relays."""

CHAINS: Final = " | "
"""Separates the chains of different claims."""

_LONGEST_LINE: Final = 4_000
"""The number of characters after which further claims are only counted on a line."""

_REPEATED: Final = 64
_ALWAYS_REPEATED: Final = 4_096
"""The number of voices that nested cells may repeat: so many a row on average, and so many in any case."""


@attrs.frozen
class Attribution:
    """The voices that accompany the records of one article.

    Attributes:
        names: The name of each entity by id.
        claims: The claims as plain data by id.
        carriers: The ids of the claims that carry an event, a relation or a quantity, by its id.
        sides: The side of each claim on which its innermost voice is, by the id of the claim.
    """

    names: dict[str, str]
    claims: dict[str, Data]
    carriers: dict[str, list[str]]
    sides: dict[str, Side]

    @classmethod
    def of(cls, article: Article, plain: Data | None = None) -> Attribution:
        """Collect the voices of an article.

        Args:
            article: The article.
            plain: The article as plain data, if the caller has it already.

        Raises:
            InvalidArticle: The article breaks rules, so that some of its records might have no voices.
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
        """The claims with these ids, each with its voices, which are shared and not copied."""
        return [{"claim": claim_id, "voices": self.claims[claim_id]["voices"]} for claim_id in claim_ids]

    def told_by_line(self, record_id: str) -> str:
        """The chains of the claims that carry a record, on one line."""
        return self.lines(self.carriers.get(record_id, ()))

    def lines(self, claim_ids: Sequence[str]) -> str:
        """The chains of the claims with these ids, on one line; once it is long, the other claims are counted."""
        shown, length = list[str](), 0
        for claim_id in claim_ids:
            if length > _LONGEST_LINE:
                shown.append(f"… {len(claim_ids) - len(shown)} more claims")
                break
            shown.append(self.line(claim_id))
            length += len(shown[-1])
        return CHAINS.join(shown)

    def line(self, claim_id: str) -> str:
        """The voices of a claim on one line, outermost first: `Ines (say, certain) > the Gull (deny, probable)`.

        In a chain of more than 16 voices, those between the first eight and the last eight are counted.
        """
        voices = self.claims[claim_id]["voices"]
        parts = (f"{self.name(each['source'])} ({each['act']}, {each['commitment']})" for each in ends_of(voices))
        return CHAIN.join(with_count(parts, len(voices)))

    def sides_in(self, argument: Data) -> dict[str, Side]:
        """The sides of the claims that an argument joins: `source_side`, and `target_side` if its target is a claim."""
        ends = ((f"{end}_side", argument[end]) for end in ("source", "target"))
        return {name: self.sides[claim_id] for name, claim_id in ends if claim_id in self.sides}

    def name(self, entity_id: str) -> str:
        """The name of an entity; of a very long one, the beginning."""
        return cut(self.names.get(entity_id, entity_id), LONGEST_NAME)


def check_repeated_voices(rows: Sequence[Data], name: str) -> None:
    """Accept rows whose `told_by` repeats the chains of the claims in proportion to the number of rows.

    Args:
        rows: The rows of a table, or records as plain data.
        name: The name of the table, for the message.

    Raises:
        NotExportable: The rows would repeat more voices than that.
    """
    repeated = sum(len(claim["voices"]) for row in rows for claim in row.get("told_by", ()))
    allowed = _ALWAYS_REPEATED + _REPEATED * len(rows)
    if repeated > allowed:
        raise NotExportable(
            f"the {len(rows)} rows of {name!r} would repeat {repeated} voices of claims, and this format repeats at "
            f"most {allowed}; try datapackage or web-annotation, which write every chain once"
        )


def flat_voices(claim: Claim) -> Data:
    """The ends of a claim's chain, for flat rows: the outermost and innermost voices and their commitments."""
    outermost, innermost = claim.voices[0], claim.voices[-1]
    return {
        "depth": len(claim.voices),
        "outermost": outermost.source,
        "outermost_commitment": str(outermost.commitment),
        "innermost": innermost.source,
        "innermost_commitment": str(innermost.commitment),
        "innermost_side": claim.side,
    }
