"""Mappings between the vocabularies and records of this package and outside schemes, readable in both directions.

Here: one mapping for each scheme, with its source, and the look-ups in it.
Not here: the vocabularies (`vocabulary.py`), and translations of an article into another format (`exports/`).

Each value of this package has outside labels, or a reason why it has none. Each outside label is reached, or
listed as lost with a reason. Only labels confirmed in the cited source are used.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs
from attrs import field

from oped_dataset.errors import InvalidRecord, LabelNotFound, MappingNotFound
from oped_dataset.messages import nearest, quoted
from oped_dataset.model import fields, vocabulary
from oped_dataset.model.fields import Each, Exactly, OrNone, slug

_texts: Final = Each(fields.text)


@attrs.frozen(kw_only=True)
class Correspondence:
    """The outside labels of one value of this package.

    Attributes:
        value: The label, record or place of this package.
        labels: The outside labels; several where the outside scheme is finer, empty where it has none.
        note: The reason why there is no label, or the loss in translation; None only where neither applies.
    """

    value: str = field(validator=fields.text)
    labels: tuple[str, ...] = field(validator=_texts)
    note: str | None = field(default=None, validator=OrNone(fields.text))

    def __attrs_post_init__(self) -> None:
        """Reject a value without labels and without a reason."""
        if not self.labels and self.note is None:
            raise InvalidRecord(
                f"Correspondence.note: {quoted(self.value)} has neither labels nor a note with the reason", "note"
            )


@attrs.frozen(kw_only=True)
class LostLabel:
    """An outside label that no value of this package maps to.

    Attributes:
        label: The outside label.
        reason: The reason why no value maps to it.
    """

    label: str = field(validator=fields.text)
    reason: str = field(validator=fields.text)


@attrs.frozen(kw_only=True, repr=False)
class SchemeMapping:
    """The mapping between one vocabulary of this package and one outside scheme.

    Attributes:
        scheme: The name by which `mapping` finds it; a slug.
        title: The name of the scheme in words.
        source: The publication, or the scheme's own files, in which its labels were confirmed.
        of: The name of the mapped vocabulary, `records` or `places`.
        labels: The outside labels, in the order of the scheme.
        closed: Whether `labels` is the whole list of the scheme; False where only confirmed or considered labels are
            included.
        forward: The outside labels of each value, in the order of this package.
        lost: The outside labels that no value maps to.
    """

    scheme: str = field(validator=slug)
    title: str = field(validator=fields.text)
    source: str = field(validator=fields.text)
    of: str = field(validator=fields.text)
    labels: tuple[str, ...] = field(validator=_texts)
    closed: bool = field(validator=Exactly(bool))
    forward: tuple[Correspondence, ...] = field(validator=Each(Exactly(Correspondence), minimum=1))
    lost: tuple[LostLabel, ...] = field(default=(), validator=Each(Exactly(LostLabel)))

    def __attrs_post_init__(self) -> None:
        """Reject a mapping with repetitions, unknown labels, or outside labels that are neither reached nor lost."""
        reached = {label for row in self.forward for label in row.labels}
        lost = [each.label for each in self.lost]
        self._reject("labels", "occurs more than once", _find_repeated(self.labels))
        self._reject("forward", "occurs more than once", _find_repeated(self.values))
        self._reject("lost", "occurs more than once", _find_repeated(lost))
        self._reject("forward", "is not in `labels`", reached - set(self.labels))
        self._reject("lost", "is not in `labels`", set(lost) - set(self.labels))
        self._reject("lost", "is reached as well", reached & set(lost))
        self._reject("labels", "is neither reached nor lost", set(self.labels) - reached - set(lost))

    def _reject(self, name: str, fault: str, words: set[str]) -> None:
        if words:
            raise InvalidRecord(f"SchemeMapping.{name}: {min(words)!r} of {self.scheme} {fault}", name)

    @property
    def values(self) -> tuple[str, ...]:
        """The values of this package, in its order."""
        return tuple(row.value for row in self.forward)

    def theirs(self, value: str) -> tuple[str, ...]:
        """The outside labels of a value; if empty, `note` returns the reason.

        Raises:
            LabelNotFound: The value is unknown; the message names the nearest.
        """
        return self._row(value).labels

    def ours(self, label: str) -> tuple[str, ...]:
        """The values that map to an outside label, in the order of this package; empty where it is lost.

        Raises:
            LabelNotFound: The label is unknown; the message names the nearest.
        """
        if label not in self.labels:
            raise LabelNotFound(label, nearest(label, self.labels))
        return tuple(row.value for row in self.forward if label in row.labels)

    def note(self, value: str) -> str | None:
        """The reason why a value has no label, or the loss in translation; None where neither applies.

        Raises:
            LabelNotFound: The value is unknown; the message names the nearest.
        """
        return self._row(value).note

    def loss(self, label: str) -> str | None:
        """The reason why an outside label is lost; None where a value maps to it.

        Raises:
            LabelNotFound: The label is unknown; the message names the nearest.
        """
        return None if self.ours(label) else next(each.reason for each in self.lost if each.label == label)

    def _row(self, value: str) -> Correspondence:
        for row in self.forward:
            if row.value == value:
                return row
        raise LabelNotFound(value, nearest(value, self.values))

    def to_data(self) -> dict[str, Any]:
        """Return dictionaries, lists, strings, booleans and None, in a fixed order."""
        data: dict[str, Any] = attrs.asdict(
            self,
            value_serializer=lambda _instance, _field, value: list(value) if isinstance(value, tuple) else value,
        )
        return data

    def __repr__(self) -> str:
        """Return the name, and the numbers of values and labels."""
        return f"<SchemeMapping {self.scheme}: {len(self.forward)} of {self.of}, {len(self.labels)} labels>"


def mapping(scheme: str) -> SchemeMapping:
    """Find a mapping by the name of its scheme.

    Example:
        >>> mapping("plover").theirs("assault")
        ('ASSAULT',)
        >>> mapping("factbank").ours("PR-")
        ('probably-not',)

    Raises:
        MappingNotFound: No mapping has this name; the message names the nearest.
    """
    for each in MAPPINGS:
        if each.scheme == scheme:
            return each
    raise MappingNotFound(scheme, nearest(scheme, [each.scheme for each in MAPPINGS]))


def _find_repeated(words: tuple[str, ...] | list[str]) -> set[str]:
    return {word for word in words if words.count(word) > 1}


def _build_mapping(
    scheme: str,
    title: str,
    source: str,
    of: type[vocabulary.Vocabulary] | str,
    forward: Mapping[str, str],
    *,
    labels: str,
    notes: Mapping[str, str] | None = None,
    lost: Mapping[str, str] | None = None,
    closed: bool = True,
) -> SchemeMapping:
    """Build a mapping from compact tables, in which labels are separated by spaces.

    The values are read from the vocabulary, so that a label added there without a mapping fails at import.
    """
    values = list(forward) if isinstance(of, str) else [member.value for member in of]
    known = notes or {}
    strange = {*forward, *known} - {*values}
    if strange:
        raise InvalidRecord(f"SchemeMapping.forward: {scheme} maps {min(strange)!r}, which is not a value", "forward")
    rows = [Correspondence(value=each, labels=tuple(forward[each].split()), note=known.get(each)) for each in values]
    return SchemeMapping(
        scheme=scheme,
        title=title,
        source=source,
        of=of if isinstance(of, str) else of.__name__,
        labels=tuple(labels.split()),
        closed=closed,
        forward=tuple(rows),
        lost=tuple(LostLabel(label=label, reason=reason) for label, reason in (lost or {}).items()),
    )


# People, places and their mentions.

_ACE_ENTITIES: Final = _build_mapping(
    "ace-entities",
    "Entity types of Automatic Content Extraction (ACE 2005)",
    "Linguistic Data Consortium: Annotation Tasks and Specifications, ACE 2005, "
    "https://www.ldc.upenn.edu/collaborations/past-projects/ace/annotation-tasks-and-specifications",
    vocabulary.EntityKind,
    {
        "person": "PER",
        "organization": "ORG GPE",
        "group": "PER",
        "place": "LOC GPE FAC",
        "work": "",
        "gathering": "",
        "law": "",
    },
    labels="PER ORG LOC GPE FAC VEH WEA",
    notes={
        "organization": "GPE where the body is the government of a place, ORG otherwise.",
        "group": "PER is one person or several; that they are several is lost.",
        "place": "FAC where it was built, GPE where it has a government, LOC otherwise.",
        "work": "ACE has no type for published or written works.",
        "gathering": "ACE has no type for occasions; the meeting itself is an event there.",
        "law": "ACE has no type for laws and treaties.",
    },
    lost={
        "VEH": "Vehicles are not entities here; they occur in gists only.",
        "WEA": "Weapons are not entities here; they occur in gists only.",
    },
)

_ACE_MENTIONS: Final = _build_mapping(
    "ace-mentions",
    "Mention forms of Automatic Content Extraction (ACE)",
    "Linguistic Data Consortium: ACE 2007 Annotation Tasks (mentions are named, nominal or pronominal), "
    "http://projects.ldc.upenn.edu/ace/annotation/previous/2007Tasks.html",
    vocabulary.MentionForm,
    {"name": "NAM", "nominal": "NOM", "pronoun": "PRO", "adjectival": "NAM"},
    labels="NAM NOM PRO",
    notes={"adjectival": "An adjective made of a name is a name there; that it is an adjective is lost."},
)

# Times.

_TIMEX3: Final = _build_mapping(
    "timex3",
    "Types of time expressions in TimeML (TIMEX3)",
    "TimeBank 1.2 documentation, timeml/timeml.github.io: docs/site/timebank/documentation-1.2.html",
    vocabulary.TimeKind,
    {"date": "DATE", "time": "TIME", "duration": "DURATION", "set": "SET"},
    labels="DATE TIME DURATION SET",
)

# Voices.

_FACTBANK: Final = _build_mapping(
    "factbank",
    "Factuality values of FactBank",
    "R. Saurí and J. Pustejovsky: FactBank 1.0, Linguistic Data Consortium, LDC2009T23",
    vocabulary.Commitment,
    {
        "certain": "CT+",
        "probable": "PR+",
        "possible": "PS+",
        "certainly-not": "CT-",
        "probably-not": "PR-",
        "possibly-not": "PS-",
        "knows-whether": "CTu",
        "uncommitted": "Uu",
    },
    labels="CT+ PR+ PS+ CT- PR- PS- CTu Uu",
)

_POLNEAR: Final = _build_mapping(
    "polnear",
    "Classes of attribution in the PolNeAR guidelines, their names written as slugs",
    "PolNeAR v1.0.0, networkdynamics/PolNeAR: annotation-guidelines/guidelines.pdf",
    vocabulary.Act,
    {
        "say": "statements",
        "deny": "statements",
        "ask": "statements",
        "believe": "beliefs",
        "doubt": "beliefs",
        "know": "witnessing-of-facts",
        "intend": "intentions-and-desires",
        "promise": "intentions-and-desires",
        "order": "decrees",
        "evaluate": "",
        "decline": "",
        "show": "arguments-and-evidence",
    },
    labels="statements beliefs intentions-and-desires decrees witnessing-of-facts arguments-and-evidence",
    notes={
        "deny": "A denial is a statement there; that it denies is lost.",
        "ask": "A question is a statement there; that it asks is lost.",
        "doubt": "That the belief is a doubt is lost.",
        "promise": "That the intention is a promise is lost.",
        "evaluate": "No confirmed label was found.",
        "decline": "No confirmed label was found; who refuses to speak attributes nothing there.",
    },
)

_PDTB: Final = _build_mapping(
    "pdtb",
    "Types of attribution in the Penn Discourse Treebank 2.0",
    "R. Prasad et al.: The Penn Discourse Treebank 2.0 Annotation Manual, IRCS Technical Reports 203, 2007",
    vocabulary.Act,
    {
        "say": "Comm",
        "deny": "Comm",
        "ask": "Comm",
        "believe": "PAtt",
        "doubt": "PAtt",
        "know": "Ftv",
        "intend": "",
        "promise": "",
        "order": "",
        "evaluate": "PAtt",
        "decline": "",
        "show": "Comm",
    },
    labels="Comm PAtt Ftv",
    notes={
        "deny": "That it denies is lost.",
        "ask": "That it asks is lost.",
        "doubt": "That the attitude is a doubt is lost.",
        "intend": "No confirmed label was found.",
        "promise": "No confirmed label was found.",
        "order": "No confirmed label was found.",
        "evaluate": "That the attitude is a judgement of worth is lost.",
        "decline": "No confirmed label was found; who refuses to speak attributes nothing there.",
        "show": "That a document shows it and nobody says it is lost.",
    },
    closed=False,
)

# Claims and arguments.

_WEBIS: Final = _build_mapping(
    "webis-editorials-16",
    "Argumentative units of the Webis-Editorials-16 corpus",
    "K. Al-Khatib et al.: A News Editorial Corpus for Mining Argumentation Strategies, COLING 2016, "
    "https://aclanthology.org/C16-1324",
    vocabulary.Ground,
    {
        "bare": "assumption",
        "testimony": "testimony",
        "document": "testimony",
        "statistic": "statistics",
        "anecdote": "anecdote",
        "common-ground": "common-ground",
    },
    labels="common-ground assumption testimony statistics anecdote other no-unit title",
    notes={"document": "That the testimony is a document's and not a person's is lost."},
    lost={
        "other": "A claim always has a ground here, if only `bare`.",
        "no-unit": "Text that argues nothing is not a claim here; `no_claim` of its sentence has the reason.",
        "title": "A heading is a record of its own; its assertion is a claim like any other.",
    },
)

_ARG_MICRO: Final = _build_mapping(
    "argmicro",
    "Edges of the argument graphs of the arg-microtexts corpus (ArgMicro)",
    "A. Peldszus and M. Stede: arg-microtexts, peldszus/arg-microtexts: corpus/arggraph.dtd",
    vocabulary.ArgumentKind,
    {
        "supports": "sup",
        "exemplifies": "exa",
        "restates": "seg",
        "rebuts": "reb",
        "undercuts": "und",
        "concedes": "reb",
    },
    labels="seg sup exa add reb und",
    notes={
        "restates": "A claim stated twice is one unit there, and both segments point to it by `seg`.",
        "concedes": "A rebuttal there; the role of its source, opponent, shows that the author grants it.",
    },
    lost={"add": "Premises that only count together are separate arguments here; that they belong together is lost."},
)

# Events.

_PLOVER: Final = _build_mapping(
    "plover",
    "Event types of PLOVER",
    "PLOVER manual, openeventdata/PLOVER: PLOVER_MANUAL.tex",
    vocabulary.EventKind,
    {
        "agree": "AGREE",
        "consult": "CONSULT",
        "support": "SUPPORT",
        "concede": "CONCEDE",
        "cooperate": "COOPERATE",
        "aid": "AID",
        "retreat": "RETREAT",
        "request": "REQUEST",
        "accuse": "ACCUSE",
        "reject": "REJECT",
        "threaten": "THREATEN",
        "protest": "PROTEST",
        "sanction": "SANCTION",
        "mobilize": "MOBILIZE",
        "coerce": "COERCE",
        "assault": "ASSAULT",
        "investigate": "ACCUSE",
        "legal-process": "ACCUSE COERCE",
        "personnel": "",
        "election": "",
        "governing": "",
        "transfer": "",
        "organization": "",
        "movement": "",
        "life": "",
        "publish": "",
        "harm": "",
        "economic-change": "",
        "state": "",
        "other": "",
    },
    labels="AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION "
    "MOBILIZE COERCE ASSAULT",
    notes={
        "investigate": "The mode `investigate` of that type.",
        "legal-process": "ACCUSE where it charges, COERCE where it arrests or punishes.",
        "personnel": "None of the sixteen types is for offices.",
        "election": "Only a context of other events there.",
        "governing": "Only contexts of other events there.",
        "transfer": "None of the sixteen types is for buying, selling and handing over.",
        "organization": "None of the sixteen types is for founding and ending bodies.",
        "movement": "None of the sixteen types is for travel.",
        "life": "None of the sixteen types is for births, illnesses and deaths.",
        "publish": "Statements as such were dropped there.",
        "harm": "Only contexts of other events there.",
        "economic-change": "Only a context of other events there.",
        "state": "None of the sixteen types is for standing conditions.",
        "other": "There is no such type.",
    },
)

_ACE_EVENTS: Final = _build_mapping(
    "ace-events",
    "Event types of Automatic Content Extraction (ACE 2005), with their eight groups",
    "Linguistic Data Consortium: ACE English Annotation Guidelines for Events, version 5.4.3, 2005",
    vocabulary.EventKind,
    {
        "agree": "",
        "consult": "Contact:Meet Contact:Phone-Write",
        "support": "",
        "concede": "",
        "cooperate": "",
        "aid": "Transaction:Transfer-Money",
        "retreat": "",
        "request": "",
        "accuse": "",
        "reject": "",
        "threaten": "",
        "protest": "Conflict:Demonstrate",
        "sanction": "",
        "mobilize": "",
        "coerce": "",
        "assault": "Conflict:Attack",
        "investigate": "",
        "legal-process": "Justice:Arrest-Jail Justice:Release-Parole Justice:Trial-Hearing Justice:Charge-Indict "
        "Justice:Sue Justice:Convict Justice:Sentence Justice:Fine Justice:Execute Justice:Extradite Justice:Acquit "
        "Justice:Appeal Justice:Pardon",
        "personnel": "Personnel:Start-Position Personnel:End-Position Personnel:Nominate",
        "election": "Personnel:Elect",
        "governing": "",
        "transfer": "Transaction:Transfer-Ownership Transaction:Transfer-Money",
        "organization": "Business:Start-Org Business:Merge-Org Business:Declare-Bankruptcy Business:End-Org",
        "movement": "Movement:Transport",
        "life": "Life:Be-Born Life:Marry Life:Divorce Life:Injure Life:Die",
        "publish": "",
        "harm": "",
        "economic-change": "",
        "state": "",
        "other": "",
    },
    labels="Life:Be-Born Life:Marry Life:Divorce Life:Injure Life:Die Movement:Transport "
    "Transaction:Transfer-Ownership Transaction:Transfer-Money Business:Start-Org Business:Merge-Org "
    "Business:Declare-Bankruptcy Business:End-Org Conflict:Attack Conflict:Demonstrate Contact:Meet "
    "Contact:Phone-Write Personnel:Start-Position Personnel:End-Position Personnel:Nominate Personnel:Elect "
    "Justice:Arrest-Jail Justice:Release-Parole Justice:Trial-Hearing Justice:Charge-Indict Justice:Sue "
    "Justice:Convict Justice:Sentence Justice:Fine Justice:Execute Justice:Extradite Justice:Acquit Justice:Appeal "
    "Justice:Pardon",
    notes={
        **dict.fromkeys(
            [
                "agree",
                "support",
                "concede",
                "cooperate",
                "retreat",
                "request",
                "accuse",
                "reject",
                "threaten",
                "sanction",
                "mobilize",
                "coerce",
            ],
            "ACE has no type for acts between states or parties, except meeting and attacking.",
        ),
        "aid": "Only where money is given.",
        "consult": "Phone-Write where they do not meet in person.",
        "investigate": "ACE begins with the arrest or the charge.",
        "governing": "ACE has no type for laws and policies.",
        "publish": "ACE has no type for statements to a public.",
        "harm": "ACE has no type for accidents and scandals; who is hurt by one is Life:Injure.",
        "economic-change": "ACE has no type for markets.",
        "state": "ACE annotates conditions only as the result of an event of its types.",
        "other": "There is no such type.",
    },
)

# Records.

_WEB_ANNOTATION: Final = _build_mapping(
    "web-annotation",
    "Motivations of the Web Annotation Data Model",
    "W3C Recommendation, 23 February 2017, https://www.w3.org/TR/2017/REC-annotation-model-20170223/",
    "records",
    {
        "Entity": "",
        "Mention": "identifying",
        "TimeExpression": "identifying",
        "Quantity": "identifying",
        "Quotation": "classifying",
        "Event": "describing",
        "Relation": "linking",
        "Claim": "describing",
        "Argument": "linking",
    },
    labels="assessing bookmarking classifying commenting describing editing highlighting identifying linking "
    "moderating questioning replying tagging",
    notes={
        "Entity": "It has no span of its own; it is the body that its mentions share.",
        "Mention": "The body is the entity.",
        "TimeExpression": "The body is the value in the calendar.",
        "Quantity": "The body is the amount.",
        "Event": "The body is the gist with the status; the chains of voices come with its claims.",
        "Claim": "The body is the gist with the whole chain of voices.",
        "Relation": "The entities and the predicate are in the body; the chain of voices comes with its claims.",
        "Argument": "It links the annotations of two claims.",
    },
    lost={
        "assessing": "The dataset passes no judgement on the claims.",
        "bookmarking": "No record marks a place to come back to.",
        "commenting": "No record comments on the text.",
        "editing": "The text is never changed.",
        "highlighting": "No record marks a span without classifying it.",
        "moderating": "No record recommends or suppresses anything.",
        "questioning": "No record asks anything.",
        "replying": "No record answers another.",
        "tagging": "Labels come from vocabularies, which is `classifying`.",
    },
)

_WEB_ANNOTATION_SELECTORS: Final = _build_mapping(
    "web-annotation-selectors",
    "Selectors of the Web Annotation Data Model",
    "W3C Recommendation, 23 February 2017, https://www.w3.org/TR/2017/REC-annotation-model-20170223/",
    "places",
    {
        "Span": "TextPositionSelector",
        "Quotation": "TextPositionSelector TextQuoteSelector",
        "Heading": "TextPositionSelector TextQuoteSelector",
        "Sentence": "TextPositionSelector",
    },
    labels="FragmentSelector CssSelector XPathSelector TextQuoteSelector TextPositionSelector DataPositionSelector "
    "SvgSelector RangeSelector",
    notes={
        "Quotation": "The words between the marks are data here, so that they can be quoted as well.",
        "Heading": "Its words are data here, so that they can be quoted as well.",
        "Sentence": "The digest of its normalised form cannot be expressed in the model and is lost.",
    },
    lost={
        "FragmentSelector": "The offsets count in plain text, which has no fragments.",
        "CssSelector": "The offsets count in plain text, which has no elements.",
        "XPathSelector": "The offsets count in plain text, which has no elements.",
        "DataPositionSelector": "It counts bytes; the offsets here are code points.",
        "SvgSelector": "Nothing here is a shape.",
        "RangeSelector": "One position selector contains both ends.",
    },
)

_SCHEMA_ORG: Final = _build_mapping(
    "schema-org",
    "Types of schema.org for the records",
    "schema.org, https://schema.org/Claim and the pages of the types named",
    "records",
    {
        "Article": "OpinionNewsArticle",
        "Entity": "Thing",
        "Mention": "",
        "TimeExpression": "",
        "Quantity": "QuantitativeValue",
        "Quotation": "Quotation",
        "Event": "Event",
        "Relation": "Role",
        "Claim": "Claim",
        "Voice": "",
        "Argument": "",
    },
    labels="OpinionNewsArticle Thing QuantitativeValue Quotation Event Role Claim ClaimReview",
    notes={
        "Entity": "The narrower type follows from its kind; see `schema-org-entities`.",
        "Mention": "There is no type for a span of a text.",
        "TimeExpression": "Dates are values of properties there, and not things.",
        "Quantity": "The comparator becomes a least or greatest value; `about` is lost.",
        "Event": "It is meant for events that take place; the status and the voices are lost.",
        "Relation": "It has the interval and the office of a relation; the voices are lost.",
        "Claim": "It has one interpreter and no commitment; the chain of voices is lost.",
        "Voice": "A claim has at most a flat list of interpreters there.",
        "Argument": "The page of Claim says that no relations between claims are defined.",
    },
    lost={"ClaimReview": "It passes a verdict on a claim, which the dataset never does."},
    closed=False,
)

_SCHEMA_ORG_ENTITIES: Final = _build_mapping(
    "schema-org-entities",
    "Types of schema.org for the kinds of entities",
    "schema.org, the pages of the types named",
    vocabulary.EntityKind,
    {
        "person": "Person",
        "organization": "Organization",
        "group": "",
        "place": "Place",
        "work": "CreativeWork",
        "gathering": "Event",
        "law": "Legislation",
    },
    labels="Person Organization Place CreativeWork Event Legislation",
    notes={"group": "There is no type for several people without a constituted body."},
    closed=False,
)

MAPPINGS: Final[tuple[SchemeMapping, ...]] = (
    _ACE_ENTITIES,
    _ACE_EVENTS,
    _ACE_MENTIONS,
    _ARG_MICRO,
    _FACTBANK,
    _PDTB,
    _PLOVER,
    _POLNEAR,
    _SCHEMA_ORG,
    _SCHEMA_ORG_ENTITIES,
    _TIMEX3,
    _WEB_ANNOTATION,
    _WEB_ANNOTATION_SELECTORS,
    _WEBIS,
)
"""All mappings, sorted by the name of the scheme."""
