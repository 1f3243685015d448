"""Looking at articles on the command line: `list`, `show`, `voices`, `timeline`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import pytest
from small import text_of

from oped_dataset import (
    Article,
    library,
    load,
    loading,
    loads,
)
from oped_dataset.cli import layers, records
from oped_dataset.cli.blocks import Paragraph
from oped_dataset.cli.main import main
from oped_dataset.errors import BrokenPlugin
from oped_dataset.exports.attribution import Attribution
from oped_dataset.messages import printable
from oped_dataset.model.article import TABLES
from oped_dataset.model.wording import voices_of
from oped_dataset.testing import assert_attributed, make_corpus

Capture = pytest.CaptureFixture[str]


pytestmark = pytest.mark.usefixtures("a_hundred_places")


@pytest.fixture
def file(tmp_path: Path, small: dict[str, Any]) -> str:
    path = tmp_path / "small.json"
    path.write_text(text_of(small), encoding="utf-8")
    return str(path)


def _asked(capsys: Capture, *arguments: str) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def _json(capsys: Capture, *arguments: str) -> Any:
    return json.loads(_asked(capsys, *arguments, "--json"))


def _refused(capsys: Capture, *arguments: str) -> str:
    assert main(arguments) == 2
    return capsys.readouterr().err


# list


def test_every_article_is_listed_with_its_data_version(capsys: Capture) -> None:
    lines = _asked(capsys, "list").splitlines()

    assert lines[0].split() == ["article", "title", "data", "licence", "claims", "events"]
    assert [line.split()[0] for line in lines[2:4]] == list(library.names())


def test_the_list_for_programs_has_the_counts(capsys: Capture) -> None:
    listed = {entry["id"]: entry for entry in _json(capsys, "list")}

    assert listed["harbour-toll"]["counts"]["claims"] == len(load("harbour-toll").claims)
    assert listed["harbour-toll"]["licence"] == "CC0-1.0"


def test_an_article_that_does_not_load_is_reported_and_the_others_are_listed(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, article: Article
) -> None:
    def some(name: str) -> Article:
        if name == "broken":
            raise BrokenPlugin("broken")
        return article

    monkeypatch.setattr(library, "names", lambda: ("broken", "small"))
    monkeypatch.setattr(library, "load", some)

    assert main(["list"]) == 2
    assert [stream.splitlines()[-1].split()[0] for stream in capsys.readouterr()] == ["small", "oped-dataset:"]


# show


CLAIM = """\
c-loss  Claim in small

Ines relays, taking no side:
  the Gull relays, certain:
    Sel says, certain:
      The ferry is 40 crowns short.

kind: quantity
ground: testimony
by way of: published-work, press-report

Amounts in it
  amount  [q-loss]  as presented
    Ines relays, taking no side > the Gull relays, certain > Sel says, certain:
      40 crowns, what the ferry lost

Arguments
  a-loss
    Ines relays, taking no side:
      the Gull relays, certain:
        Sel says, certain:
          [for] The ferry is 40 crowns short.
    supports
    Ines says it is possible:
      [for] The port goes under.

Quoted
  “The ferry lost 40 crowns,” [said-sel]

Spans in the text
  characters 42 to 66  The ferry lost 40 crowns
  characters 78 to 83  cited
  characters 91 to 97  saying
"""

ENTITY = """\
maro  Entity in small

Maro
kind: person
speaks in: 0 claims
mentioned: 2 times

Claims about it
  c-rise
    Ines says, certain:
      Maro made the toll higher.

Events with it
  3 May 2019  [e-rise]  presented as occurred
    Ines says, certain:
      Maro makes the toll higher.

Relations it is said to have
  from 2018 on, end open  [r-head]  as presented
    Ines says, certain:
      Maro leads the port
"""


def test_a_claim_is_shown_inside_its_voices_with_all_that_belongs_to_it(capsys: Capture, file: str) -> None:
    assert _asked(capsys, "show", "c-loss", "-a", file) == CLAIM


def test_an_entity_is_shown_with_the_claims_about_it_and_their_voices(capsys: Capture, file: str) -> None:
    assert _asked(capsys, "show", "maro", "-a", file) == ENTITY


@pytest.mark.parametrize(
    ("record", "line"),
    [
        ("e-rise", "place: the port [port]"),
        ("e-fall", "undated  [e-fall]  presented as speculated"),
        ("r-head", "    Maro leads the port"),
        ("q-loss", "    40 crowns, what the ferry lost"),
        ("m-she", "refers to: Maro [maro]"),
        ("t-may", "counted from: publication-date"),
        ("said-sel", "speaker: Sel [sel]"),
        ("a-head", "  undercuts the step from"),
    ],
)
def test_a_record_of_every_kind_can_be_shown(capsys: Capture, file: str, record: str, line: str) -> None:
    lines = _asked(capsys, "show", record, "-a", file).splitlines()

    assert line in lines
    assert lines[0].startswith(f"{record}  ")


def test_a_step_that_is_undercut_is_shown_with_all_its_claims(capsys: Capture, file: str) -> None:
    lines = _asked(capsys, "show", "a-head", "-a", file).splitlines()

    step = lines.index("  undercuts the step from")
    assert lines[step - 2 : step] == ["  Ines says, certain:", "    [for] Maro heads the port."]
    assert lines[step + 1] == "  a-loss"
    assert lines[-2:] == ["    Ines says it is possible:", "      [for] The port goes under."]


def test_an_argument_shows_on_which_side_of_its_claims_their_voices_stand(small: dict[str, Any]) -> None:
    small["claims"][3]["voices"][0] |= {"commitment": "certainly-not", "hedges": []}
    article = loads(text_of(small))

    said = [
        block
        for block in records.argument_in_words(article, article.arguments["a-loss"])
        if isinstance(block, Paragraph)
    ]
    on_loss, on_step = layers.grid(article, "arguments").rows

    assert said[-1].pieces[0].text == "[against] The port goes under."
    assert (on_loss[3][-1], on_step[3]) == ("[against] The port goes under.", ("the step a-loss",))


def test_what_the_text_leaves_open_is_said_to_be_open(small: dict[str, Any]) -> None:
    small["times"][0] |= {"value": None, "anchor": None}
    small["quotations"][0] |= {"speaker": None, "claims": [], "kind": "scare"}
    small["entities"][2] |= {"identifiers": [{"scheme": "wikidata", "value": "Q1", "seen_in": "a book"}]}
    small["mentions"][1] |= {"metonym": True}
    small["relations"][0] |= {"title": "chief"}
    small["quantities"][0] |= {"of": None, "unit": None, "comparator": "at-least"}
    article = loads(text_of({**small, "source": {**small["source"]}}))

    shown = [
        "".join(piece.text for piece in block.pieces)
        for record in ("t-may", "said-sel", "maro", "m-gull", "r-head", "q-loss")
        for block in records.in_full(article, article.record(record))
        if isinstance(block, Paragraph)
    ]
    wanted = {"value: not settled by the text", "speaker: nobody", "wikidata: Q1 (seen in a book)"}
    wanted |= {"form: name, for who sits there", "Maro leads the port (chief)", "at least 40"}
    assert wanted <= set(shown)


def test_a_relation_that_is_over_is_worded_in_the_past(small: dict[str, Any]) -> None:
    small["relations"][0] |= {"during": None, "ended": True}
    article = loads(text_of(small))

    (head, *_, said) = records.under_voices(article, article.relations["r-head"])
    (row,) = layers.grid(article, "relations").rows

    assert isinstance(head, Paragraph)
    assert isinstance(said, Paragraph)
    assert "".join(piece.text for piece in head.pieces) == "undated  [r-head]  presented as over"
    assert said.pieces[0].text == "Maro led the port"
    assert row[1] == ("undated, over",)


def test_without_a_word_the_layers_there_are(capsys: Capture, file: str) -> None:
    lines = _asked(capsys, "show", "-a", file).splitlines()

    assert lines[0] == "The Toll"
    assert [line.split()[0] for line in lines[5:]] == list(TABLES)


def test_the_whole_article_for_programs_is_its_file(capsys: Capture, file: str, article: Article) -> None:
    assert _asked(capsys, "show", "-a", file, "--json") == loading.dumps(article).decode()


@pytest.mark.parametrize("layer", TABLES)
def test_every_layer_is_a_table_with_a_row_for_each_record(
    capsys: Capture, file: str, article: Article, layer: str
) -> None:
    lines = _asked(capsys, "show", layer, "-a", file).splitlines()

    assert lines[0].split()[0] == "id"
    assert {line.split()[0] for line in lines[2:] if not line.startswith(" ")} == set(article.tables[layer].ids)


def test_voices_precede_the_content_in_a_table(capsys: Capture, file: str) -> None:
    lines = _asked(capsys, "show", "events", "-a", file).splitlines()

    assert lines[0].split()[-6:] == ["who", "says", "it", "what", "is", "said"]
    assert lines[2].split() == [
        "e-rise",
        "3",
        "May",
        "2019",
        "occurred",
        "Ines",
        "says,",
        "certain",
        "Maro",
        "makes",
        "the",
        "toll",
        "higher.",
    ]


@pytest.mark.parametrize("layer", ["claims", "events", "relations", "quantities", "quotations"])
def test_the_rows_of_a_layer_for_programs_have_their_voices(capsys: Capture, file: str, layer: str) -> None:
    for row in _json(capsys, "show", layer, "-a", file):
        chains = [row["voices"]] if layer == "claims" else [teller["voices"] for teller in row["told_by"]]
        assert chains
        assert all(voice["commitment"] for chain in chains for voice in chain)


def test_an_entity_for_programs_has_the_claims_about_it(capsys: Capture, file: str) -> None:
    shown = _json(capsys, "show", "maro", "-a", file)

    assert (shown["article"], shown["layer"], shown["record"]["name"]) == ("small", "entities", "Maro")
    assert [[row["id"] for row in shown[name]] for name in ("claims", "events", "relations")] == [
        ["c-rise"],
        ["e-rise"],
        ["r-head"],
    ]
    assert shown["claims"][0]["voices"][0]["commitment"] == "certain"


def test_an_event_for_programs_has_the_claims_that_put_it_forward(capsys: Capture, file: str) -> None:
    shown = _json(capsys, "show", "e-fall", "-a", file)

    assert [row["id"] for row in shown["claims"]] == ["c-fall"]


@pytest.mark.parametrize(
    ("word", "near"),
    [("c-los", "'c-loss'"), ("evnts", "'events'"), ("zzzzzz", "'entities' or 'mentions' or 'times'")],
)
def test_the_nearest_records_and_layers_are_named(capsys: Capture, file: str, word: str, near: str) -> None:
    assert _refused(capsys, "show", word, "-a", file).startswith(
        f"oped-dataset: no record {word!r}; did you mean {near}"
    )


# Which article


def test_an_unknown_article_is_answered_with_the_available_ones(capsys: Capture) -> None:
    assert _refused(capsys, "show", "-a", "zzz") == (
        "oped-dataset: no article 'zzz'; did you mean 'harbour-toll' or 'retired-officials-2019'?\n"
    )


@pytest.mark.parametrize("path", ["nosuch.json", "./nosuch"])
def test_what_can_only_be_a_path_is_answered_as_one(capsys: Capture, path: str) -> None:
    assert _refused(capsys, "show", "-a", path) == f"oped-dataset: no such file: {path}\n"


def test_an_invalid_file_is_listed_a_problem_a_line(capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text('{"schema_version": 1, "a": 1, "b": 2}', encoding="utf-8")

    assert main(["show", "-a", str(tmp_path / "bad.json")]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("oped-dataset: ")
    assert all(line.startswith("error OPED-") for line in lines[1:])


# voices


def test_who_speaks_inside_whom(capsys: Capture, file: str) -> None:
    assert _asked(capsys, "voices", "-a", file).splitlines()[2:] == [
        "Ines [ines] certain 2, possible 1, uncommitted 1",
        "  the Gull [gull] certain 1",
        "    Sel [sel] certain 1",
    ]


def test_claims_inside_their_voices(capsys: Capture, file: str) -> None:
    assert _asked(capsys, "voices", "--claims", "--by", "Sel", "-a", file).splitlines() == [
        "1 of 4 claims",
        "",
        "c-loss",
        "  Ines relays, taking no side:",
        "    the Gull relays, certain:",
        "      Sel says, certain:",
        "        The ferry is 40 crowns short.",
    ]


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        (["--by", "gull"], {"c-loss"}),
        (["--by", "gull", "--commitment", "possible"], set()),
        (["--commitment", "possible"], {"c-fall"}),
        (["--act", "deny"], set()),
        (["--channel", "press-report"], {"c-loss"}),
        (["--about", "Maro"], {"c-rise"}),
        (["--depth", "3"], {"c-loss"}),
    ],
)
def test_claims_are_filtered_by_their_voices(capsys: Capture, file: str, filters: list[str], wanted: set[str]) -> None:
    found = _json(capsys, "voices", "-a", file, *filters)

    assert {row["id"] for row in found} == wanted
    assert all(row["voices"] for row in found)


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        (["--commitment", "probabel"], "no commitment 'probabel'; did you mean 'probable' or 'probably-not'?"),
        (["--by", "gul"], "no record 'gul'; did you mean 'gull'?"),
        (["--by", "the gul"], "no record 'the gul'; did you mean 'gull'?"),
        (["--by", "zzzz"], "no record 'zzzz'"),
    ],
)
def test_the_nearest_words_are_named(capsys: Capture, file: str, filters: list[str], message: str) -> None:
    assert _refused(capsys, "voices", "-a", file, *filters) == f"oped-dataset: {message}\n"


def test_a_name_of_two_is_answered_with_their_ids(capsys: Capture, tmp_path: Path, article: Article) -> None:
    twins = [attrs.evolve(each, name="The Same") if each.id in ("sel", "leo") else each for each in article.entities]
    loading.dump_path(attrs.evolve(article, entities=twins), tmp_path / "twins.json")

    message = _refused(capsys, "voices", "-a", str(tmp_path / "twins.json"), "--by", "the same")
    assert message == "oped-dataset: no record 'the same'; did you mean 'leo' or 'sel'?\n"


# timeline


TIMELINE = """\
Each event as presented, under the voices that report it. None of this is a fact.

Dated, 1
  3 May 2019  [e-rise]  presented as occurred
    Ines says, certain:
      Maro makes the toll higher.

Undated, 1
  undated  [e-fall]  presented as speculated
    Ines says it is possible:
      The port goes under.
"""


def test_dated_events_are_shown_with_their_voices_and_undated_ones_apart(capsys: Capture, file: str) -> None:
    assert _asked(capsys, "timeline", "-a", file) == TIMELINE


def test_events_can_be_selected_by_voice_and_time(capsys: Capture, file: str) -> None:
    assert "Undated" not in _asked(capsys, "timeline", "-a", file, "--during", "2019", "--by", "Ines")
    assert _asked(capsys, "timeline", "-a", file, "--by", "sel").splitlines()[-1] == "No event matches."


def test_the_timeline_for_programs_has_the_voices(capsys: Capture, file: str) -> None:
    found = _json(capsys, "timeline", "-a", file)

    assert [[row["id"] for row in found[name]] for name in ("dated", "undated")] == [["e-rise"], ["e-fall"]]
    assert found["undated"][0]["told_by"][0]["voices"][0]["commitment"] == "possible"


def test_an_invalid_time_is_answered_with_examples(capsys: Capture, file: str) -> None:
    assert _refused(capsys, "timeline", "-a", file, "--during", "May") == (
        "oped-dataset: 'May' is not a date in the supported part of EDTF; "
        "write it as 2018, 2018-12, 2018-12-01 or 2018/2019-03\n"
    )


# No record is shown without its voices.


@pytest.fixture(scope="module")
def generated() -> Article:
    return next(make_corpus(1, seed=9))


@pytest.mark.parametrize("layer", TABLES)
def test_every_record_of_a_generated_article_has_its_voices(generated: Article, layer: str) -> None:
    for record in generated.tables[layer]:
        shown = list(records.in_full(generated, record))
        lines = ["".join(piece.text for piece in block.pieces) for block in shown if isinstance(block, Paragraph)]

        for claim in generated.claims:
            said = [number for number, line in enumerate(lines) if line == printable(claim.gist)]
            voices = [f"{words[0]} {words[1]}, {words[2]}:" for words in voices_of(generated, claim.voices)]
            assert all(lines[number - len(voices) : number] == list(map(printable, voices)) for number in said)


@pytest.mark.parametrize("command", [["show"], ["voices"], ["show", "claims"], ["show", "ines-obrecht"]])
def test_no_claim_for_programs_is_without_its_voices(capsys: Capture, command: list[str]) -> None:
    found = _json(capsys, *command, "-a", "harbour-toll")
    claims = found["claims"] if isinstance(found, dict) else found

    assert assert_attributed(claims, load("harbour-toll")) > 0


def test_no_event_for_programs_lacks_its_voices(capsys: Capture) -> None:
    attribution = Attribution.of(load("harbour-toll"))

    found = _json(capsys, "timeline", "-a", "harbour-toll")

    for row in found["dated"] + found["undated"]:
        assert row["told_by"] == attribution.told_by(row["id"]) != []
