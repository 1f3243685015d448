"""Projects of annotation tools around drafts, and reading them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import attrs
import pytest
from small import TEXT as SMALL

from oped_dataset import Article, InvalidArticle, dump_path, dumps
from oped_dataset.authoring import Draft, Proposal, load_draft, new_article, read_project, write_project
from oped_dataset.authoring.projects import project_files
from oped_dataset.cli.main import main
from oped_dataset.errors import InvalidImport, InvalidRecord, NotExportable, TextNeeded
from oped_dataset.exports import from_label_studio

TEXT = "Ines Maro, The Gull\n\nNobody voted for the fare. “A clerical matter,” the mayor said.\n"
SENTENCES = ((0, 19), (21, 47), (48, 84))


@pytest.fixture
def draft() -> Draft:
    """A draft with only three proposals."""
    made = new_article(
        TEXT, id="fare", title="The Fare", authors=["Ines Maro"], licence="MIT", splitter=lambda _: SENTENCES,
        proposals=False, publisher="The Gull", published=date(2024, 5, 3),
    )  # fmt: skip
    dated = {"id": "t", "span": {"start": 0, "end": 4}, "kind": "date", "value": "2024"}
    proposals = (
        Proposal(layer="quotations", by="x", record={"id": "q", "span": {"start": 49, "end": 67}, "kind": None}),
        Proposal(layer="times", by="x", record=dated),
        Proposal(layer="quantities", by="x", record={"id": "n", "span": {"start": 5, "end": 9}, "value": None}),
    )
    return attrs.evolve(made, proposals=proposals)


def test_proposals_are_drawn_without_their_open_fields(draft: Draft) -> None:
    lines = project_files(draft, "brat", text=TEXT)["fare.ann"].decode().splitlines()

    assert lines == [
        "T1\tQuotation 49 67\tA clerical matter,",
        "T2\tTimeExpression 0 4\tInes",
        "A1\tTimeKind T2 date",
        "#1\tAnnotatorNotes T2\t2024",
        "T3\tQuantity 5 9\tMaro",
        "#2\tAnnotatorNotes T3\t?",
    ]


def test_an_open_proposal_is_rejected(draft: Draft) -> None:
    files = project_files(draft, "brat", text=TEXT)

    with pytest.raises(InvalidImport) as caught:
        read_project(files, "brat")

    assert str(caught.value) == (
        "fare.ann, line 1, T1: a Quotation needs the attribute QuotationKind\n"
        "fare.ann, line 5, T3: '?' is not an amount; write it as the note, such as '5000000 USD'"
    )


def test_an_empty_project_is_read_as_an_unfinished_draft(draft: Draft, tmp_path: Path) -> None:
    empty = attrs.evolve(draft, proposals=())
    write_project(empty, "brat", tmp_path, text=TEXT)

    assert read_project(tmp_path, "brat") == empty


def test_a_sentence_without_a_claim_is_marked_with_the_reason(draft: Draft) -> None:
    files = dict(project_files(attrs.evolve(draft, proposals=()), "brat", text=TEXT))
    files["fare.ann"] = b"T1\tNoClaim 0 19;21 24\tInes Maro, The Gull Nob\n#1\tAnnotatorNotes T1\tbyline\n"

    sentences = read_project(files, "brat").article.source.sentences

    assert [each.no_claim for each in sentences] == ["byline", "byline", None]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            "0 19\tInes Maro, The Gull\n",
            "line 1, T1: a NoClaim needs one reason; write as its note why the sentence carries no claim",
        ),
        (
            "0 4\tInes\n#1\tAnnotatorNotes T1\tname\nT2\tNoClaim 5 9\tMaro\n#2\tAnnotatorNotes T2\tbyline\n",
            "line 3, T2: the sentence has another NoClaim with a different reason; remove one of them",
        ),
        (
            "19 20\t \n#1\tAnnotatorNotes T1\tgap\n",
            "line 1, T1: this NoClaim is in no sentence; remove it",
        ),
    ],
)
def test_a_sentence_without_a_claim_needs_one_reason(draft: Draft, lines: str, message: str) -> None:
    files = dict(project_files(attrs.evolve(draft, proposals=()), "brat", text=TEXT))
    files["fare.ann"] = f"T1\tNoClaim {lines}".encode()

    with pytest.raises(InvalidImport) as caught:
        read_project(files, "brat")

    assert str(caught.value) == f"fare.ann, {message}"


def test_what_is_drawn_already_is_in_the_project(article: Article) -> None:
    held = attrs.evolve(article, claims=article.claims[1:], events=article.events[1:], arguments=())

    assert read_project(project_files(held, "brat"), "brat").article == held


# Label Studio.


def marked(region: str, start: int, end: int, name: str, kind: str, value: str) -> dict[str, Any]:
    found = {"start": start, "end": end, "text": TEXT[start:end], kind: [value]}
    return {
        "id": region, "from_name": name, "to_name": "text",
        "type": "textarea" if kind == "text" else kind, "value": found,
    }  # fmt: skip


def test_label_studio_receives_proposals_and_returns_reasons(draft: Draft) -> None:
    task = json.loads(project_files(draft, "label-studio", text=TEXT)["tasks.json"])[0]
    drawn = task["predictions"][0]["result"]
    noted = [(item["id"], item["value"]["text"]) for item in drawn if item["type"] == "textarea"]
    reason = [marked("r1", 0, 19, "label", "labels", "NoClaim"), {**marked("r1", 0, 19, "note", "text", "byline")}]
    tasks = [task | {"annotations": [{"id": 1, "result": reason}]}]

    read: Any = read_project(tasks, "label-studio")

    assert noted == [("t/proposed", ["2024"]), ("n/proposed", ["?"])]
    assert [each.no_claim for each in read.article.source.sentences] == ["byline", None, None]
    with pytest.raises(InvalidArticle):
        from_label_studio(tasks)


def test_the_labels_have_keys_of_their_own(draft: Draft) -> None:
    view = ElementTree.fromstring(project_files(draft, "label-studio", text=TEXT)["labels.xml"])

    keys = {label.get("value"): label.get("hotkey") for label in view.iter("Label")}
    assert keys == {
        "Mention": "m", "TimeExpression": "t", "Quantity": "q", "Quotation": "u", "Event": "e", "Relation": "r",
        "Claim": "c", "Cue": "a", "Hedge": "h", "NoClaim": "n",
    }  # fmt: skip


def test_the_keys_for_brat_are_each_for_one_type(draft: Draft) -> None:
    files = project_files(draft, "brat", text=TEXT)

    keys = dict(line.split("\t") for line in files["kb_shortcuts.conf"].decode().splitlines())
    configured = files["annotation.conf"].decode().replace("\t", "\n").splitlines()
    assert (len(keys), keys["C"], keys["V"], keys["Y"]) == (36, "Claim", "voice", "same-entity")
    assert set(keys.values()) <= set(configured)


# Rejected arguments.


def test_an_unknown_tool_is_rejected(draft: Draft, tmp_path: Path) -> None:
    with pytest.raises(InvalidRecord) as caught:
        write_project(draft, "brad", tmp_path)
    assert str(caught.value) == "tool: no annotation tool 'brad'; did you mean 'brat'?"

    with pytest.raises(InvalidRecord) as caught:
        read_project(tmp_path, "inception")
    assert str(caught.value) == "tool: no annotation tool 'inception'; choose from: brat, label-studio"


def test_an_incomplete_head_is_rejected(draft: Draft) -> None:
    with pytest.raises(InvalidRecord) as caught:
        project_files(attrs.evolve(draft, missing=("title", "licence")), "brat")

    assert str(caught.value) == "draft: the head of 'fare' lacks title, licence; pass them to new_article"


def test_a_project_needs_the_text(draft: Draft) -> None:
    with pytest.raises(TextNeeded):
        project_files(draft, "brat")


# The command.


@pytest.fixture
def head(tmp_path: Path) -> list[str]:
    (tmp_path / "fare.txt").write_text(TEXT, encoding="utf-8")
    given = ["--title", "The Fare", "--author", "Ines Maro", "--publisher", "Gull", "--published", "2024-05-03"]
    return [*given, "--licence", "MIT", "--no-proposals"]


def test_the_command_writes_a_project_from_a_text(tmp_path: Path, head: list[str]) -> None:
    pytest.importorskip("sentencex", reason="sentencex is missing; run: pip install '.[authoring]'")
    folder = tmp_path / "project"

    assert main(["new", str(tmp_path / "fare.txt"), *head, "--for", "brat", "-o", str(folder)]) == 0

    assert (folder / "fare.txt").read_text("utf-8") == TEXT
    assert '"title": "The Fare"' in (folder / "fare.json").read_text("utf-8")
    assert (folder / "fare.ann").read_text("utf-8") == "T1\tQuotation 49 67\tA clerical matter,\n"


def test_the_command_writes_a_project_from_a_draft(tmp_path: Path, file: str) -> None:
    copy = tmp_path / "small.txt"
    copy.write_text(SMALL, encoding="utf-8")

    assert main(["new", file, "--text", str(copy), "--for", "label-studio", "-o", str(tmp_path / "ls")]) == 0

    assert sorted(path.name for path in (tmp_path / "ls").iterdir()) == ["labels.xml", "tasks.json"]


def test_the_command_accepts_a_draft_with_its_text(tmp_path: Path, article: Article) -> None:
    dump_path(article, tmp_path / "small.json")

    assert main(["new", str(tmp_path / "small.json"), "--for", "brat", "-o", str(tmp_path / "brat")]) == 0
    assert read_project(tmp_path / "brat", "brat").article == article


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.txt", "b.txt"], "new: takes one text; several files are for --package, which takes finished articles"),
        (["a.txt", "--for", "brat"], "a project for brat has several files; give a directory for them: -o DIRECTORY"),
        (["a.txt", "--for", "brad"], "no annotation tool 'brad'; did you mean 'brat'?"),
    ],
)
def test_the_command_lists_missing_arguments(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert main(["new", *arguments]) == 2

    assert capsys.readouterr().err == f"oped-dataset: {message}\n"


@pytest.fixture
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the terminal wide enough for any path."""
    monkeypatch.setenv("COLUMNS", "500")


@pytest.mark.usefixtures("wide")
def test_the_command_reads_a_project_back(tmp_path: Path, article: Article, capsys: pytest.CaptureFixture[str]) -> None:
    write_project(article, "brat", tmp_path / "brat")
    written = tmp_path / "back.json"

    assert main(["new", str(tmp_path / "brat"), "--from", "brat", "-o", str(written)]) == 0

    assert written.read_bytes() == dumps(article)
    assert " ".join(capsys.readouterr().out.split()) == f"{written}: no problems"


@pytest.mark.usefixtures("wide")
def test_the_command_says_that_a_project_is_unfinished(
    tmp_path: Path, draft: Draft, capsys: pytest.CaptureFixture[str]
) -> None:
    write_project(attrs.evolve(draft, proposals=()), "brat", tmp_path / "brat", text=TEXT)
    written = tmp_path / "back.json"

    assert main(["new", str(tmp_path / "brat"), "--from", "brat", "-o", str(written)]) == 0

    assert load_draft(written) == attrs.evolve(draft, proposals=())
    assert " ".join(capsys.readouterr().out.split()) == f"{written}: a draft; problems left: 3; see validate and lint"


def test_a_proposal_without_a_span_is_rejected(draft: Draft) -> None:
    proposal = Proposal(layer="entities", by="x", record={"id": "e", "name": "Sel", "kind": "person"})

    with pytest.raises(NotExportable) as caught:
        project_files(attrs.evolve(draft, proposals=(proposal,)), "brat", text=TEXT)

    assert str(caught.value) == "the proposal 'e' has no span in the text; accept or reject it first"


def test_brat_has_no_ids_of_annotations(draft: Draft) -> None:
    with pytest.raises(InvalidRecord) as caught:
        read_project(project_files(draft, "brat", text=TEXT), "brat", annotation=1)

    assert str(caught.value) == "annotation: brat has one annotation of each text, without an id"
