"""The messages of exceptions and problems."""

from __future__ import annotations

import inspect
import pickle
from typing import Any

import attrs
import pytest

from oped_dataset import errors, load
from oped_dataset.errors import (
    ArticleFileError,
    ArticleFileNotFound,
    ArticleNotFound,
    BrokenPlugin,
    InvalidArgument,
    InvalidArticle,
    InvalidDate,
    InvalidRecord,
    MissingExtra,
    NotAttachable,
    NotComparable,
    OpedDatasetError,
    Problem,
    RecordNotFound,
    Report,
    UnknownField,
    WorkerDied,
)
from oped_dataset.messages import nearest

PROBLEM = Problem(code="OPED-x", pointer="/a", line=2, column=3, message="is wrong", hint="fix it")


@pytest.mark.parametrize(
    ("error", "built_in"),
    [
        (InvalidArticle, ValueError),
        (InvalidRecord, ValueError),
        (InvalidArgument, InvalidRecord),
        (InvalidArgument, TypeError),
        (InvalidDate, ValueError),
        (ArticleNotFound, KeyError),
        (RecordNotFound, KeyError),
        (UnknownField, TypeError),
        (ArticleFileNotFound, FileNotFoundError),
        (ArticleFileError, OSError),
        (WorkerDied, ArticleFileError),
        (BrokenPlugin, ImportError),
        (MissingExtra, ImportError),
        (NotAttachable, ValueError),
        (NotComparable, ValueError),
    ],
)
def test_each_exception_extends_the_base_and_a_built_in_one(error: type, built_in: type) -> None:
    assert issubclass(error, OpedDatasetError)
    assert issubclass(error, built_in)
    assert error.__name__ in inspect.getsource(errors).split('"""')[1]


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (PROBLEM, "error OPED-x at /a (line 2, column 3): is wrong; fix it"),
        (Problem(code="OPED-x", severity="warning", message="is odd"), "warning OPED-x: is odd"),
    ],
)
def test_the_str_of_a_problem(problem: Problem, words: str) -> None:
    assert str(problem) == words


@pytest.mark.parametrize(
    ("code", "severity", "message"),
    [
        ("x", "error", "Problem.code: 'x' is not of the form OPED-kebab-case or LINT-kebab-case"),
        ("OPED-x", "fatal", "Problem.severity: 'fatal' is neither 'error' nor 'warning'"),
    ],
)
def test_a_problem_has_a_code_and_a_severity(code: str, severity: str, message: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        Problem(code=code, severity=severity, message="x")

    assert str(caught.value) == message


def test_an_invalid_article_lists_its_problems() -> None:
    assert str(InvalidArticle([PROBLEM])) == f"1 problem\n{PROBLEM}"
    assert str(InvalidArticle([PROBLEM], omitted=3)) == f"4 problems\n{PROBLEM}\n… and 3 more"


def test_the_str_of_a_report() -> None:
    assert str(Report()) == "no problems"
    assert str(Report((PROBLEM,), 2)) == f"{PROBLEM}\n… and 2 more"


def test_warnings_do_not_make_a_report_fail() -> None:
    report = Report((Problem(code="OPED-x", severity="warning", message="is odd"),))

    assert report.ok
    assert report.errors == ()


def test_a_full_report_keeps_the_errors() -> None:
    warning = Problem(code="OPED-y", severity="warning", message="is odd")

    report = Report.of([warning] * errors.MOST_PROBLEMS + [PROBLEM])

    assert (report.problems[-1], report.omitted) == (PROBLEM, 1)


@pytest.mark.parametrize(
    "error",
    [
        InvalidArticle([PROBLEM], 2),
        InvalidRecord("x", "field"),
        RecordNotFound("a", ("b",)),
        ArticleNotFound("a"),
        ArticleFileNotFound(2, "gone", "there"),
        MissingExtra("rdflib", "rdf"),
    ],
)
def test_exceptions_can_be_pickled(error: Exception) -> None:
    twin = pickle.loads(pickle.dumps(error))

    assert (type(twin), str(twin), twin.args) == (type(error), str(error), error.args)


def _is_public(each: object) -> bool:
    return isinstance(each, type) and issubclass(each, OpedDatasetError) and not each.__name__.startswith("_")


CONTROLS = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F), 0x2066, 0x2069]))


@pytest.mark.parametrize("error", [each for each in vars(errors).values() if _is_public(each)])
def test_messages_escape_control_characters(error: type[OpedDatasetError]) -> None:
    given: dict[type, tuple[Any, ...]] = {
        ArticleFileNotFound: (2, "no such file", CONTROLS),
        InvalidArticle: ([Problem(code="OPED-x", message=CONTROLS, pointer=CONTROLS)],),
        MissingExtra: ("pyarrow", "arrow"),
    }
    made = error(*given.get(error, (CONTROLS,)))

    assert set(str(made)) & set(CONTROLS) <= {"\n"}


def test_reprs_escape_control_characters() -> None:
    entity = attrs.evolve(load("harbour-toll").entities[0], name=CONTROLS)
    claim = attrs.evolve(load("harbour-toll").claims[0], gist=CONTROLS)

    assert set(f"{entity!r}{claim!r}") & set(CONTROLS) == set()


def test_the_message_of_a_missing_file_without_a_name() -> None:
    assert str(ArticleFileNotFound("gone")) == "gone"


@pytest.mark.parametrize("wanted", [1, None, "x" * 201, "zzz"])
def test_words_without_similar_ones_have_no_suggestions(wanted: object) -> None:
    assert nearest(wanted, ["maro", "sel"]) == ()
