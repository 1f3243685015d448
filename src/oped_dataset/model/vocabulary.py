"""The vocabularies: every label of a record, with its meaning and two invented sentences.

Here: the enumerations, and for each label its meaning, an example that deserves it
and a near miss that does not (with the label it deserves instead, where there is one).
Not here: the correspondence with outside schemes (`mappings.py`), and rules that need a whole
record (`records.py`) or a whole article (`validation/rules.py`).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, NoReturn, Self, TypeAlias

Side: TypeAlias = Literal["for", "against", "open"]
"""The side that a voice takes on a proposition."""


class Vocabulary(StrEnum):
    """Base of all vocabularies: a string with a definition.

    Attributes:
        meaning: The definition, as a test that an annotator can apply.
        example: An invented sentence that deserves the label.
        counter_example: An invented near miss, with the reason or the label it deserves instead.
    """

    meaning: str
    example: str
    counter_example: str

    def __new__(cls, value: str, meaning: str, example: str, counter_example: str) -> Self:
        """Make the member for one string, with its definition."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        member.example = example
        member.counter_example = counter_example
        member.__doc__ = f"{meaning} Example: {example} Not: {counter_example}"
        return member

    def __setattr__(self, name: str, value: object) -> None:
        """Reject changes to a finished member, which all articles share."""
        # EnumType sets the name and the sort order of a new member after `__new__`.
        if hasattr(self, "_sort_order_"):
            raise AttributeError(f"{type(self).__name__}.{self.name} cannot be changed")
        super().__setattr__(name, value)

    def __delattr__(self, name: str) -> NoReturn:
        """Reject deletions too."""
        raise AttributeError(f"{type(self).__name__}.{self.name} cannot be changed")


class EntityKind(Vocabulary):
    """The kind of an entity (after the entity types of ACE, with works, gatherings and laws added)."""

    PERSON = ("person", "One human being, named or not.", "The ferry's captain spoke.", "The crew spoke: group.")
    ORGANIZATION = (
        "organization",
        "A body with an identity of its own apart from its members: state, government, party, court, company, medium.",
        "The port authority raised its fees.",
        "Harbour pilots grumbled: group.",
    )
    GROUP = (
        "group",
        "Several people taken together without a constituted body: factions, families, professions, unnamed sources.",
        "The governor's friends kept silent.",
        "The Pilots' Union kept silent: organization.",
    )
    PLACE = ("place", "A location, meant as a location.", "She sailed to Ostmark.", "Ostmark recalled its envoy: organization.")
    WORK = ("work", "Something published, written or made: report, letter, article, post.", "The audit ran to ten pages.", "The auditors ran late: group.")
    GATHERING = (
        "gathering",
        "An occasion that brings people together and has a name or description: summit, talks, annual meeting, congress.",
        "The Reed Island summit was brief.",
        "The two met briefly: an event, not an entity.",
    )
    LAW = ("law", "A law, rule, treaty or agreement as a text in force or proposed.", "The Toll Act expires in May.", "Lawmakers expire from boredom: group.")


class MentionForm(Vocabulary):
    """How a mention refers (ACE NAM, NOM, PRO; the adjectival form is counted as NAM there)."""

    NAME = ("name", "A proper name, surname or acronym.", "Maro resigned.", "The mayor resigned: nominal.")
    NOMINAL = ("nominal", "A common noun phrase that refers to the entity.", "The mayor resigned.", "Mayor Maro resigned: the name is the mention.")
    PRONOUN = ("pronoun", "A personal, possessive, reflexive, relative or demonstrative pronoun, or an indefinite one that refers to a particular entity.", "She resigned.", "It is late: refers to nothing.")
    ADJECTIVAL = ("adjectival", "An adjective formed from a name.", "Ostmarkian exports fell.", "Exports from Ostmark fell: name.")


class TimeKind(Vocabulary):
    """The kind of a time expression (the TIMEX3 types of TimeML)."""

    DATE = ("date", "A point or stretch of calendar time of a day or longer, absolute or relative.", "She left last May.", "She left for two months: duration.")
    TIME = ("time", "A time of day.", "The gates shut at 18:30.", "The gates shut on Friday: date.")
    DURATION = ("duration", "A length of time.", "The talks took two months.", "The talks began two months ago: date.")
    SET = ("set", "A time that recurs.", "The fee is due every March.", "The fee was due in March: date.")


class Commitment(Vocabulary):
    """How far a voice commits itself to the proposition: the eight legal values of FactBank.

    Each voice of a claim has its own: a newspaper may be certain where the author doubts.
    """

    CERTAIN = ("certain", "The voice presents it as the case (CT+).", "The toll rose.", "The toll probably rose: probable.")
    PROBABLE = ("probable", "The voice presents it as likely (PR+).", "The toll seems to have risen.", "The toll may have risen: possible.")
    POSSIBLE = ("possible", "The voice presents it as one possibility (PS+).", "The toll might rise.", "The toll will rise: certain.")
    CERTAINLY_NOT = ("certainly-not", "The voice presents it as not the case (CT-).", "The toll did not rise.", "The toll is unlikely to rise: probably-not.")
    PROBABLY_NOT = ("probably-not", "The voice presents it as unlikely (PR-).", "I doubt that the toll rose.", "Whether it rose I cannot say: uncommitted.")
    POSSIBLY_NOT = ("possibly-not", "The voice presents its negation as one possibility (PS-).", "The toll may not have risen.", "The toll may have risen: possible.")
    KNOWS_WHETHER = ("knows-whether", "The voice knows the answer but the text does not give it (CTu).", "Ines knows whether the toll rose.", "Ines wonders whether it rose: uncommitted.")
    UNCOMMITTED = (
        "uncommitted",
        "The voice passes it on, asks it or supposes it without taking sides (Uu).",
        "Ines was told that the toll rose (Ines's own commitment).",
        "Ines showed that the toll rose: certain.",
    )

    @property
    def side(self) -> Side:
        """The side of a voice with this commitment, which is `for`, `against` (the three *not* labels) or `open`."""
        if self in (Commitment.UNCOMMITTED, Commitment.KNOWS_WHETHER):
            return "open"
        return "against" if self.endswith("-not") else "for"


class Act(Vocabulary):
    """The act by which a voice takes a stance on the content (after the classes of PDTB and PolNeAR)."""

    SAY = ("say", "Asserts or reports it.", "Maro said the toll rose.", "Maro believes it rose: believe.")
    DENY = ("deny", "Asserts that it is not so.", "Maro denied the rise.", "Maro would not discuss the rise: decline.")
    ASK = ("ask", "Puts it as a question.", "Maro asked whether the toll rose.", "Maro asked for a lower toll: order.")
    BELIEVE = ("believe", "Holds it as an opinion.", "In Maro's view the toll is too high.", "Maro sees that it rose: know.")
    DOUBT = ("doubt", "Holds it to be doubtful.", "Maro finds the story suspicious.", "Maro called the story false: deny.")
    KNOW = ("know", "Is presented as knowing or having perceived it.", "Maro is aware of the leak.", "Maro suspects a leak: believe.")
    INTEND = ("intend", "Wants, means, decides or refuses to bring it about.", "Maro meant to embarrass the port.", "Maro vowed to do so: promise.")
    PROMISE = ("promise", "Commits itself to a future act, vow or threat of one's own.", "Maro promised a refund.", "Maro planned a refund: intend.")
    ORDER = ("order", "Demands, urges, begs for or decrees it.", "The letters demanded that Maro go.", "The letters said he would go: say.")
    EVALUATE = ("evaluate", "Praises, blames or characterises it.", "Maro called the letter charming.", "Maro said the letter had arrived: say.")
    DECLINE = ("decline", "Refuses to say.", "Maro declined to comment.", "Maro denied it: deny.")
    SHOW = ("show", "A document, fact or image shows it, with no speaker.", "The ledger shows a gap.", "The clerk showed that a gap exists: say.")


class Channel(Vocabulary):
    """The medium by which a voice reaches the enclosing voice (after Spangher et al.)."""

    SPEECH = ("speech", "Spoken to a public or to the press, or quoted as spoken with no medium given.", "He told reporters.", "He told a friend: private-talk.")
    STATEMENT = ("statement", "An official announcement or message.", "The ministry announced it.", "The ministry's act says it: document.")
    LETTER = ("letter", "A letter, open or personal, or words written to particular people.", "An open letter demanded it.", "A post demanded it: tweet.")
    PRESS_REPORT = ("press-report", "A news medium's own reporting.", "The Gull reported it.", "The Gull printed an essay: published-work.")
    PUBLISHED_WORK = ("published-work", "A signed or titled article, book, exposé or essay, this op-ed included.", "She argues it in her column.", "She tweeted it: tweet.")
    TWEET = ("tweet", "A short post on a social network.", "She posted it.", "She mailed it: letter.")
    DOCUMENT = ("document", "An official or internal document, filing or report.", "The audit found it.", "The auditor told us: speech.")
    BROADCAST = ("broadcast", "Radio or television.", "He said it on Radio Reed.", "He said it in print: published-work.")
    PRIVATE_TALK = ("private-talk", "Spoken to particular people and not to the public.", "He told his staff.", "He told the press: speech.")
    UNSPECIFIED = ("unspecified", "The text does not say, or nothing was uttered.", "He is said to agree.", "He wrote that he agrees: letter.")


class Mode(Vocabulary):
    """The form in which the content is given."""

    DIRECT = ("direct", "In the voice's own words, in quotation marks or as the author's own text.", "“It rose,” he said.", "He said it rose: indirect.")
    INDIRECT = ("indirect", "Reported in others' words.", "He said it rose.", "He said it “soared”: mixed.")
    MIXED = ("mixed", "Reported, with some words in quotation marks.", "He said it “soared”.", "“It soared,” he said: direct.")


class ClaimKind(Vocabulary):
    """The kind of a proposition (after the claim schema of Full Fact and the proposition types of CDCP)."""

    HAPPENING = ("happening", "That something happened, happens or was done.", "The ferry sank.", "The ferry is old: state.")
    STATE = ("state", "That something is or was so: property, relation, office, habit, intention.", "She leads the union.", "She was elected: happening.")
    QUANTITY = ("quantity", "That something has a certain amount; the number is the point.", "Fees came to 40 crowns.", "He paid a fee: happening.")
    CAUSAL = ("causal", "That one thing causes, explains, enables or furthers another.", "The strike delayed the ship.", "The strike began, the ship left: happening.")
    RULE = ("rule", "That a law, custom or procedure provides something.", "Citizens may file complaints.", "Citizens filed complaints: happening.")
    PREDICTION = ("prediction", "That something will or would happen, conditionals included.", "If it rains, we lose.", "It rained: happening.")
    EVALUATION = ("evaluation", "A judgement of worth, importance, credibility or degree.", "The report is very fishy.", "The report is long: state.")
    POLICY = ("policy", "That something ought to be done, demands and wishes included.", "The mayor should go.", "The mayor will go: prediction.")


class Ground(Vocabulary):
    """The ground of a claim in the text (the units of Webis-Editorials-16; `bare` is their assumption)."""

    BARE = ("bare", "Nothing is offered: the author or the innermost voice simply asserts it.", "The port is dying.", "Everyone knows ships float: common-ground.")
    TESTIMONY = ("testimony", "The word of a person, group or medium is given for it.", "A pilot says the port is dying.", "A decree says it: document.")
    DOCUMENT = ("document", "A document, work or official act is given for it.", "The audit lists 40 gaps.", "The auditor says so: testimony.")
    STATISTIC = ("statistic", "A count, share or measured amount is given for it.", "Traffic fell 12 percent.", "Traffic fell: bare.")
    ANECDOTE = ("anecdote", "A particular dated or placed episode is described, as the claim itself or as its only support.", "On May 3 the gate jammed.", "Gates often jam: bare.")
    COMMON_GROUND = ("common-ground", "Generally known or accepted, presented as background nobody disputes.", "Ostmark lies on the coast.", "Ostmark lies to us: bare.")


class EventStatus(Vocabulary):
    """How the text presents an event's reality (after ERE and LitBank realis)."""

    OCCURRED = ("occurred", "Presented as having taken place.", "The gate fell.", "The gate may have fallen: speculated.")
    ONGOING = ("ongoing", "Presented as still going on at publication.", "The siege continues.", "The siege ended: occurred.")
    REPORTED = ("reported", "Presented as having taken place or going on by a known voice that the author relays without taking sides.", "Radio Reed says that the gate fell.", "Reportedly the gate fell: speculated.")
    PLANNED = ("planned", "Presented as intended, ordered, announced or agreed, not yet done.", "They will meet soon.", "They met: occurred.")
    HYPOTHETICAL = ("hypothetical", "Inside a condition or a supposition.", "If the mayor fell, trade would suffer.", "The mayor fell: occurred.")
    SPECULATED = ("speculated", "Presented as a conjecture, suspicion or rumour, or by an unnamed source.", "The letter may be forged.", "The letter is forged: occurred.")
    NEGATED = ("negated", "Presented as not having taken place.", "He never replied.", "He refused to reply: occurred (a refusal).")
    GENERIC = ("generic", "A habit or recurring kind of event, no single occasion.", "Captains gather each spring.", "Captains gathered in May: occurred.")


class EventKind(Vocabulary):
    """The kind of an event (the sixteen types of PLOVER, and those that only ACE has)."""

    AGREE = ("agree", "Agree, or reach an understanding, in whole or in part.", "They settled on a toll.", "Their talks moved forward: consult.")
    CONSULT = ("consult", "Meet, talk, negotiate, visit, inform particular people; also how talks go.", "The envoys met.", "The envoys signed: agree.")
    SUPPORT = ("support", "Back, praise, grant standing; open, restore or be on good terms.", "She praised the crew.", "She paid the crew: aid.")
    CONCEDE = ("concede", "Yield or ease a demand.", "He lowered his terms.", "He kept his terms: reject.")
    COOPERATE = ("cooperate", "Work together in deeds.", "Both ports share pilots.", "Both ports are on good terms again: support.")
    AID = ("aid", "Give help, protection, or goods or money to somebody in need.", "The guild sheltered him.", "The guild lauded him: support.")
    RETREAT = ("retreat", "Withdraw, give up ground, let go of a captive or a thing held.", "The fleet withdrew.", "The fleet lost: assault.")
    REQUEST = ("request", "Ask, appeal or demand.", "They demanded his exit.", "They threatened him: threaten.")
    ACCUSE = ("accuse", "Criticise, blame or charge publicly.", "She blamed the port.", "She sued the port: legal-process.")
    REJECT = ("reject", "Refuse, insist, renege, defy.", "He refused the offer.", "He ignored a fact: other.")
    THREATEN = ("threaten", "Announce harm, also together with a demand.", "They threatened a strike unless paid.", "They struck: protest.")
    PROTEST = ("protest", "Demonstrate, strike, blockade or mock in public dissent.", "Crowds jeered.", "One man wrote: publish.")
    SANCTION = ("sanction", "Cut ties, impose tariffs, freeze assets or close markets between states.", "A levy was imposed on imports.", "A man was fined: legal-process.")
    MOBILIZE = ("mobilize", "Make forces ready.", "Cutters were readied.", "Cutters fired: assault.")
    COERCE = ("coerce", "Repress, ban, seize by open force, restrict, persecute, depose, also by decree.", "The sect was banned.", "The sect's books were stolen by night: harm.")
    ASSAULT = ("assault", "Physical attack.", "A bomb went off.", "A bomb was found: investigate.")
    INVESTIGATE = ("investigate", "Look into officially, or find in doing so.", "An inquiry began.", "An inquiry charged him: legal-process.")
    LEGAL_PROCESS = ("legal-process", "Arrest, charge, file suit, try, convict, discipline.", "He was disciplined.", "He was investigated: investigate.")
    PERSONNEL = ("personnel", "Enter, leave, hold or fill an office without a vote; be installed or placed.", "She became head.", "She won the vote: election.")
    ELECTION = ("election", "Vote or be elected.", "The midterms were held.", "She was appointed: personnel.")
    GOVERNING = ("governing", "Make or carry out a law, order, policy or campaign.", "A reform passed.", "A reform was urged: request.")
    TRANSFER = ("transfer", "Give, buy, sell, hand over goods, money or papers.", "The firm was sold.", "The firm grew: economic-change.")
    ORGANIZATION = ("organization", "Found, merge, end or set up a body.", "A team was formed.", "A team met: consult.")
    MOVEMENT = ("movement", "Go somewhere.", "He sailed north.", "He toured and met envoys: consult.")
    LIFE = ("life", "Be born, marry, fall ill, die.", "She fell ill.", "Her firm died: organization.")
    PUBLISH = ("publish", "Publish, post, announce to the public, quote: the act, not the content.", "The post went up.", "He told his staff: consult.")
    HARM = ("harm", "Accident, theft, fraud, scandal, disaster.", "The dam broke.", "The dam was blown up: assault.")
    ECONOMIC_CHANGE = ("economic-change", "Growth, decline, crash, market change.", "Trade collapsed.", "Trade was banned: sanction.")
    STATE = ("state", "A condition that lasts over time and is presented like an event.", "Tensions ran high.", "Tensions exploded into riots: protest.")
    OTHER = ("other", "None of these.", "He built a villa.", "He bought a villa: transfer.")


class QuotationKind(Vocabulary):
    """The function of a pair of quotation marks. Every pair is labelled; scare, term, motto and hypothetical attribute nothing."""

    DIRECT = ("direct", "A whole utterance in its speaker's words.", "“The gate is shut,” she said.", "She called it “shut”: mixed.")
    MIXED = ("mixed", "Part of an utterance inside a reporting sentence.", "She called it “quite shut”.", "The “gate” was a rope: scare.")
    NESTED = ("nested", "A quotation inside another quotation.", "“He said ‘never’ to me,” she said.", "“Never,” he said: direct.")
    SCARE = ("scare", "Marks by which the author keeps a word at a distance.", "Their “gift” cost a fortune.", "He called it a “gift”: mixed.")
    TITLE = ("title", "The title of a work.", "The essay “On Tolls” appeared.", "An essay on tolls appeared: no marks.")
    TERM = ("term", "A word or phrase discussed as such.", "The word “toll” is old.", "“Toll!” he cried: direct.")
    MOTTO = ("motto", "A slogan or saying with no particular speaker.", "Under “Ships first” they marched.", "“Ships first,” said Maro: direct.")
    HYPOTHETICAL = ("hypothetical", "Words nobody said, imagined for the argument.", "He might as well say “I quit”.", "He said “I quit”: direct.")


class Predicate(Vocabulary):
    """The relation that the text asserts between two entities, read subject, predicate, object."""

    MEMBER_OF = ("member-of", "Belongs to a body or group without heading it.", "Sel sits on the council.", "Sel chairs it: leads.")
    LEADS = ("leads", "Heads a body or group of people.", "Sel chairs the council.", "Sel is its clerk: holds-office.")
    HOLDS_OFFICE = ("holds-office", "Holds a named office in or for the object without heading it, or heads a place; the office is in `title`.", "Sel is envoy for Ostmark.", "Sel works for Ostmark: employed-by.")
    PARENT_OF = ("parent-of", "Is father or mother of.", "Maro's son is Teo.", "Maro raised a pupil: none.")
    RELATIVE_OF = ("relative-of", "Belongs to the family of, other than as a parent.", "Teo's clan backs him.", "Teo's friends back him: allied-with.")
    AIDE_TO = ("aide-to", "Serves a person as assistant, confidant or fixer.", "Sel writes Maro's speeches.", "Sel and Maro are friends: allied-with.")
    ALLIED_WITH = ("allied-with", "Sides with: supports, defends or serves, or is called a friend of.", "Sel speaks for the guild.", "Sel has ties to the guild: associated-with.")
    ASSOCIATED_WITH = ("associated-with", "Has ties to, by the words of the text, which names no side and no closer relation.", "Sel is close to the guild.", "Sel joined the guild: member-of.")
    OPPOSED_TO = ("opposed-to", "Is a rival or enemy of, or resists.", "Sel resists the guild.", "Sel doubts one claim of it: none.")
    CONTROLS = ("controls", "Directs or dominates a body or place without heading it by office.", "The guild runs the paper from behind.", "The guild prints it: publishes.")
    PROTECTS = ("protects", "Shields from consequences.", "The guild shields Sel.", "The guild likes Sel: allied-with.")
    PART_OF = ("part-of", "Is an organ, part or section of.", "The harbour police are part of the port.", "Sel is in the police: member-of.")
    LOCATED_IN = ("located-in", "Lies, lives or is based in.", "The inn stands in Ostmark.", "The ship went to Ostmark: an event.")
    FOUNDED = ("founded", "Brought into being.", "Maro founded the Gull.", "Maro bought the Gull: owns.")
    EDUCATED_AT = ("educated-at", "Studied or took a degree at.", "Sel read law at Reed College.", "Sel teaches there: employed-by.")
    EMPLOYED_BY = ("employed-by", "Works or worked for, with no office named.", "Sel is with the Gull.", "Sel is its editor-in-chief: leads.")
    PUBLISHES = ("publishes", "Brings out a work or medium.", "The Gull printed the essay.", "Maro wrote the essay: author-of.")
    AUTHOR_OF = ("author-of", "Wrote or made a work.", "Maro wrote the essay.", "The Gull printed it: publishes.")
    OWNS = ("owns", "Holds as property.", "Teo owns the ferry.", "Teo sails the ferry: none.")


class Role(Vocabulary):
    """The part of an entity in an event."""

    AGENT = ("agent", "Does it.", "Maro signed.", "Maro was sued: patient.")
    PATIENT = ("patient", "Undergoes it, or is acted on.", "The bill was signed.", "Maro signed: agent.")
    RECIPIENT = ("recipient", "Is given or told something.", "A letter reached Sel.", "A letter about Sel: topic.")
    BENEFICIARY = ("beneficiary", "Profits from it.", "They lied to shield Sel.", "They lied to Sel: recipient.")
    INSTRUMENT = ("instrument", "Is the means.", "They hid behind the Act.", "They wrote the Act: patient.")
    SOURCE = ("source", "Is the body or person it comes or is taken from, also when they hand it over.", "Bought from the guild.", "Bought by the guild: agent.")
    TOPIC = ("topic", "Is the subject of a message or talk.", "Talks about the Act.", "Talks with Sel: agent.")
    PLACE = ("place", "Is a place of the event, when more than one matters; otherwise use `place`.", "Between Reed and Ostmark.", "Sailed to Reed: destination.")
    ORIGIN = ("origin", "Is where a movement starts.", "Sailed from Reed.", "Sailed to Reed: destination.")
    DESTINATION = ("destination", "Is where a movement ends.", "Sailed to Reed.", "Sailed from Reed: origin.")
    OTHER = ("other", "Takes part in another way.", "Signed with Sel as witness.", "Signed by Sel: agent.")


class Comparator(Vocabulary):
    """How the amount relates to the number in the text."""

    EQUAL = ("equal", "Given as the amount.", "Forty ships.", "Some forty ships: about.")
    MORE_THAN = ("more-than", "The amount lies above the value.", "Over forty ships.", "At least forty ships: at-least.")
    LESS_THAN = ("less-than", "The amount lies below the value.", "Under forty ships.", "Just forty ships: equal.")
    AT_LEAST = ("at-least", "The value or more.", "Forty ships or more.", "More than forty: more-than.")
    AT_MOST = ("at-most", "The value or less.", "Up to forty ships.", "Under forty: less-than.")
    ABOUT = ("about", "Near the value.", "About forty ships.", "Forty ships: equal.")


class ArgumentKind(Vocabulary):
    """How a premise bears on its conclusion (the edges of ArgMicro, extended)."""

    SUPPORTS = ("supports", "Is a reason to accept the target.", "Gates are shut, so trade falls.", "Trade fell, that is, shrank: restates.")
    EXEMPLIFIES = ("exemplifies", "Is an instance given for the target.", "Gates jam: on May 3 one did.", "Gates jam for want of oil: supports.")
    RESTATES = ("restates", "Says the target again in other words.", "Trade fell; commerce shrank.", "Trade fell as rates rose: supports.")
    REBUTS = ("rebuts", "Is a reason to reject the target.", "Trade fell? Tolls doubled.", "The figures are forged: undercuts.")
    UNDERCUTS = ("undercuts", "Attacks the step from a premise to its conclusion, not the conclusion.", "The figures behind it are forged.", "Trade in fact rose: rebuts.")
    CONCEDES = ("concedes", "Is granted by the author although it speaks against the target.", "True, he is retired; still he rules.", "He is retired, so he cannot rule: rebuts.")


class Severity(StrEnum):
    """The severity of a problem: errors make an article invalid, warnings do not."""

    ERROR = "error"
    WARNING = "warning"
