"""Judging on the command line: `validate` with jobs, `attach`, `score`."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from small import TEXT, changed, text_of

from oped_dataset import load, load_path
from oped_dataset.cli.main import main

Capture = pytest.CaptureFixture[str]


pytestmark = pytest.mark.usefixtures("a_hundred_places")


@pytest.fixture
def copy(tmp_path: Path) -> str:
    path = tmp_path / "copy.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


@pytest.fixture
def other(tmp_path: Path) -> str:
    path = tmp_path / "other.txt"
    path.write_text(f"Read here:\n\n{TEXT.replace('Maro raised the toll on May 3. ', '')}", encoding="utf-8")
    return str(path)


def _asked(capsys: Capture, *arguments: str, code: int = 0) -> str:
    assert main(arguments) == code
    return capsys.readouterr().out


# validate


def test_more_jobs_find_the_same_in_the_same_order(capsys: Capture, tmp_path: Path, file: str) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{}", encoding="utf-8")
    asked = ["validate", file, str(bad), "nosuch", file]

    outputs = [_asked(capsys, *asked, "--jobs", jobs, code=2) for jobs in ("1", "2")]

    assert outputs[0] == outputs[1]
    assert outputs[0].startswith(f"{file}: no problems\n{bad}:1:1: error ")


def test_the_report_of_the_input_has_the_position_of_its_argument(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, file: str
) -> None:
    with Path(file).open(encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        output = _asked(capsys, "validate", "-", file)

    assert output == f"-: no problems\n{file}: no problems\n"


def test_a_huge_limit_takes_no_memory(monkeypatch: pytest.MonkeyPatch, capsys: Capture, file: str) -> None:
    with Path(file).open(encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        output = _asked(capsys, "validate", "-", file, "--size-limit", str(2**53 - 1))

    assert output == f"-: no problems\n{file}: no problems\n"


@pytest.mark.skipif(os.name != "posix", reason="streams are closed differently elsewhere")
def test_a_closed_input_is_reported_and_the_files_are_checked(tmp_path: Path, file: str) -> None:
    command = ["sh", "-c", '"$0" -m oped_dataset validate - "$1" <&-', sys.executable, file]

    process = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, text=True)

    assert (process.returncode, process.stderr) == (2, "oped-dataset: -: the input is closed\n")
    assert process.stdout == f"{file}: no problems\n"


@pytest.mark.parametrize("closed", [True, False])
def test_an_unreadable_input_is_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, tmp_path: Path, closed: bool
) -> None:
    with (tmp_path / "out").open("wb", buffering=0) as output:
        monkeypatch.setattr("sys.stdin", None if closed else io.TextIOWrapper(output))

        assert main(["validate", "-"]) == 2
    reason = "the input is closed" if closed else "File not open for reading"
    assert capsys.readouterr().err == f"oped-dataset: -: {reason}\n"


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("--size-limit=-1", "--size-limit: must be at least 0 and below 2**53, not -1"),
        ("--depth-limit=-1", "--depth-limit: must be at least 0 and below 2**53, not -1"),
        ("--problem-limit=0", "--problem-limit: must be at least 1 and below 2**53, not 0"),
    ],
)
def test_a_limit_out_of_bounds_is_named_as_the_option(capsys: Capture, file: str, option: str, message: str) -> None:
    assert main(["validate", file, option]) == 2
    assert capsys.readouterr() == ("", f"oped-dataset: {message}\n")


@pytest.mark.parametrize("option", ["--size-limit", "--depth-limit"])
def test_the_hint_for_an_exceeded_limit_names_the_option(capsys: Capture, file: str, option: str) -> None:
    output = _asked(capsys, "validate", file, f"{option}=1", code=1)

    assert output.splitlines()[-1] == f"  hint: raise {option} if the file can be trusted"


def test_an_empty_path_is_rejected(capsys: Capture, file: str) -> None:
    assert main(["validate", "", file]) == 2
    assert capsys.readouterr() == (f"{file}: no problems\n", "oped-dataset: '' cannot be a path: it is empty\n")


# attach


EXACT = """\
small: this copy is identical to the annotated text.

part                 found  of  share
-------------------  -----  --  ------
sentences            5      5   100.0%
paragraphs, intact   4      4   100.0%
spans of mentions    5      5   100.0%
spans of times       1      1   100.0%
spans of quantities  1      1   100.0%
spans of quotations  1      1   100.0%
spans of events      2      2   100.0%
spans of relations   1      1   100.0%
spans of claims      7      7   100.0%
"""


def test_the_annotated_text_is_known_to_be_it(capsys: Capture, file: str, copy: str) -> None:
    assert _asked(capsys, "attach", copy, "-a", file) == EXACT


def test_lost_spans_are_counted_and_can_be_listed(capsys: Capture, file: str, other: str) -> None:
    output = _asked(capsys, "attach", other, "-a", file)
    listed = _asked(capsys, "attach", other, "-a", file, "--lost")

    assert output.splitlines()[-1] == "4 spans of records were not transferred; --lost lists them."
    assert [line.split()[0] for line in listed.splitlines()[-4:]] == ["m-maro", "t-may", "e-rise", "c-rise"]


def test_the_coverage_for_programs(capsys: Capture, file: str, other: str) -> None:
    found = json.loads(_asked(capsys, "attach", other, "-a", file, "--json"))

    assert found["coverage"]["sentences"] == {"found": 4, "total": 5}
    assert [each["record"] for each in found["lost"]] == ["m-maro", "t-may", "e-rise", "c-rise"]


def test_a_different_text_is_recognised(capsys: Capture, tmp_path: Path, file: str) -> None:
    (tmp_path / "else.txt").write_text("Something else.", encoding="utf-8")

    output = _asked(capsys, "attach", str(tmp_path / "else.txt"), "-a", file, code=1)
    assert output.splitlines()[0] == "small: this copy contains none of its sentences; is it a different text?"


@pytest.mark.parametrize(("option", "holds"), [([], False), (["--with-text"], True)])
def test_the_article_in_the_offsets_of_the_copy(
    capsys: Capture, tmp_path: Path, file: str, other: str, option: list[str], holds: bool
) -> None:
    written = tmp_path / "rebased.json"

    _asked(capsys, "attach", other, "-a", file, "-o", str(written), *option)

    made, text = load_path(written), Path(other).read_text(encoding="utf-8")
    assert (made.source.text == text, made.source.text is None) == (holds, not holds)
    span = made.quotations["said-sel"].span
    assert text[span.start : span.end] == "The ferry lost 40 crowns,"


def test_an_encoding_can_be_given(capsys: Capture, tmp_path: Path, file: str) -> None:
    (tmp_path / "copy.txt").write_bytes(TEXT.encode("utf-16-le"))

    assert "identical to the annotated text" in _asked(
        capsys, "attach", str(tmp_path / "copy.txt"), "-a", file, "--encoding", "utf-16-le"
    )


# score


SCORES = """\
                   precision  recall  f1     matched  predicted  gold  baseline
-----------------  ---------  ------  -----  -------  ---------  ----  --------
attributed claims  1.000      1.000   1.000  1        1          1     0.000
whole chains       1.000      1.000   1.000  1        1          1     0.000
single voices      1.000      1.000   1.000  2        2          2     0.000
unsure voices      1.000      0.500   0.667  1        1          2     0.000
all commitments    0.833      0.833   0.833  5        6          6     0.667
claims             1.000      1.000   1.000  4        4          4     0.000

  chains of attributed claims: kept 1
  commitments: macro F1 0.630, kappa 0.765, MAE 0.333, Pearson's r 0.799; kept 5, hardened 1
"""


@pytest.fixture
def predicted(tmp_path: Path, small: dict[str, Any]) -> str:
    """The gold article with a changed commitment and an event that no claim carries, which breaks a rule."""
    small["source"]["text"] = None
    small["claims"][0]["events"] = []
    path = tmp_path / "predicted.json"
    path.write_text(text_of(changed(small, "/claims/3/voices/0/commitment", "certain")), encoding="utf-8")
    return str(path)


def test_a_prediction_is_scored_though_it_breaks_rules(capsys: Capture, file: str, predicted: str) -> None:
    assert main(["validate", predicted]) == 1
    capsys.readouterr()

    assert _asked(capsys, "score", file, predicted, "--layer", "claims") == SCORES


def test_scores_for_programs(capsys: Capture, file: str, predicted: str) -> None:
    found = json.loads(_asked(capsys, "score", file, predicted, "--match", "overlap", "--json"))

    assert (found["match"], found["align"], found["threshold"]) == ("overlap", "records", 0.5)
    assert found["outcomes"]["commitments"]["hardened"] == 1
    assert found["figures"]["claims.spans.f1"] == found["table"][-2]["f1"] == 1
    assert found["figures"]["commitment.labels.possibly-not.f1"] is None
    assert found["rejected"] == {}
    assert not found.keys() & {"intervals", "errors"}


def test_intervals_and_errors_for_programs(capsys: Capture, file: str, predicted: str) -> None:
    found = json.loads(_asked(capsys, "score", file, predicted, "--interval", "1", "--errors", "--json"))

    assert found["intervals"]["claims.spans.f1"] == [1, 1]
    [error, other] = found["errors"]["claims"]
    assert error["fault"] == "mistaken"
    assert error["lost"] == [{"what": "carries", "gold": "e-rise", "predicted": "", "outcome": None}]
    assert other["lost"][0]["outcome"] == "hardened"


def test_figures_with_their_intervals(capsys: Capture) -> None:
    output = _asked(capsys, "score", "harbour-toll", "harbour-toll", "--layer", "times", "--interval", "7")

    assert output.splitlines()[2].split()[-3:] == ["1.000", "to", "1.000"]


@pytest.mark.usefixtures("a_hundred_places")
def test_errors_are_listed_when_asked_for(capsys: Capture, file: str, predicted: str) -> None:
    layers = [option for layer in ("claims", "relations", "events", "quantities") for option in ("--layer", layer)]

    output = _asked(capsys, "score", file, predicted, "--errors", *layers)

    listed = output.partition("\n\nclaims: ")[2]
    assert [line.split(":")[0] for line in listed.splitlines() if not line.startswith("    ")] == [
        "2 errors",
        "  mistaken, similarity 1.00",
        "  mistaken, similarity 1.00",
        "",
        "relations",
        "",
        "events",
        "",
        "quantities",
    ]
    assert "    lost       commitment of Ines: possible became certain (hardened)\n" in listed
    assert "    gold       c-rise at 10–39: Ines says, certain: Maro made the toll higher.\n" in listed


def test_the_errors_are_written_as_a_page(capsys: Capture, tmp_path: Path, file: str, predicted: str) -> None:
    page = tmp_path / "errors.html"

    _asked(capsys, "score", file, predicted, "--html", str(page))

    assert 'data-lost="hardened"' in page.read_text(encoding="utf-8")


def test_how_records_are_paired_can_be_chosen(capsys: Capture, file: str) -> None:
    output = _asked(capsys, "score", file, file, "--align", "sentences", "--threshold", "0.9", "--json")

    assert (json.loads(output)["align"], json.loads(output)["threshold"]) == ("sentences", 0.9)


def test_articles_are_scored_by_name(capsys: Capture) -> None:
    output = _asked(capsys, "score", "harbour-toll", "harbour-toll", "--layer", "events")

    assert output.splitlines()[2].split() == [
        "events",
        "1.000",
        "1.000",
        "1.000",
        *[str(len(load("harbour-toll").events))] * 3,
    ]


def test_the_problems_of_an_invalid_prediction_are_listed(capsys: Capture, tmp_path: Path, file: str) -> None:
    (tmp_path / "bad.json").write_text('{"schema_version": 1}', encoding="utf-8")

    assert main(["score", file, str(tmp_path / "bad.json")]) == 1
    assert "OPED-missing-key" in capsys.readouterr().err


def test_problems_of_form_of_a_prediction_have_their_places(
    capsys: Capture, tmp_path: Path, small: dict[str, Any], file: str
) -> None:
    (tmp_path / "bad.json").write_text(text_of(changed(small, "/title", 5)), encoding="utf-8")

    assert main(["score", file, str(tmp_path / "bad.json")]) == 1
    place = "at /title (line 1, column 47)"
    assert (
        capsys.readouterr().err.splitlines()[1]
        == f"error OPED-wrong-type {place}: must be a string, not a whole number"
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--match", "overlp"], "no way to match 'overlp'; did you mean 'overlap'?"),
        (["--align", "sentence"], "no way to align 'sentence'; did you mean 'sentences'?"),
        (["--threshold", "2"], "threshold: must lie from 0 to 1, not 2.0"),
        (["--layer", "clams"], "no scored layer 'clams'; did you mean 'claims'?"),
    ],
)
def test_the_nearest_ways_and_layers_are_named(capsys: Capture, options: list[str], message: str) -> None:
    assert main(["score", "harbour-toll", "harbour-toll", *options]) == 2
    assert capsys.readouterr().err == f"oped-dataset: {message}\n"
