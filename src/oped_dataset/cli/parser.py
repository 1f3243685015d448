"""The available commands and options.

Here: the parser; in its result, `command` names the module that runs the command.
Not here: these modules, and completion and versions (`about.py`). The command checks the values of its options, so
that printing the help imports nothing else.
"""

from __future__ import annotations

from argparse import Action, ArgumentParser, Namespace
from importlib import import_module
from typing import Any, Final, NoReturn, TypeAlias

from oped_dataset.messages import printable

Commands: TypeAlias = Any
"""The object of argparse to which commands are added; its class has no public name."""

ARTICLE: Final = "NAME|PATH"
"""How an article is named on the command line. Completion selects the values to offer by this metavar."""

_EXIT_CODES: Final = """\
exit codes: 0 all is well, 1 the data has problems, 2 wrong usage, or a name or file that does not exist
or cannot be read or written, 3 lint has warnings, 130 interrupted, 141 the reader of the output closed it"""
_DEFAULT: Final = "retired-officials-2019"
"""A copy of `library.DEFAULT_ARTICLE`, so that the help need not import it; a test compares the two."""

_CORPUS: Final = "a .jsonl, .jsonl.gz, .jsonl.zst or .parquet file, or a directory of them"

_LIMITS: Final = ("size-limit", "depth-limit", "problem-limit")


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        # The message quotes the arguments, which may contain control characters.
        super().error(printable(message))


def parser() -> ArgumentParser:
    """Make the parser; in its result, `command` names the module whose `run` executes the command."""
    made = _Parser(
        prog="oped-dataset",
        description="Show, check and convert op-eds annotated as claims with the voices that make them. None of the "
        "claims is a fact of the dataset. Without a command: a summary of the bundled article.",
        epilog=_EXIT_CODES,
    )
    made.set_defaults(command="summary")
    made.add_argument("--version", action=_Versions, help="show the versions of the code and of the data")
    made.add_argument(
        "--completion",
        action=_Completion,
        metavar="SHELL",
        help="print a completion script: bash, zsh, tcsh; newer shtab: fish, powershell",
    )
    commands = made.add_subparsers(title="commands", metavar="COMMAND")
    for add in _COMMANDS:
        add(commands)
    return made


class _Versions(Action):
    def __init__(self, **options: Any) -> None:
        super().__init__(nargs=0, **options)

    def __call__(self, parser: ArgumentParser, *_: Any) -> None:
        print(*import_module("oped_dataset.cli.about").versions(), sep="\n")
        parser.exit()


class _Completion(Action):
    def __call__(self, parser: ArgumentParser, _: Namespace, shell: Any, __: Any = None) -> None:
        print(import_module("oped_dataset.cli.about").completion(parser, shell))
        parser.exit()


def _add(commands: Commands, name: str, summary: str, more: str = "") -> ArgumentParser:
    command: ArgumentParser = commands.add_parser(
        name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.{more}", epilog=_EXIT_CODES
    )
    command.set_defaults(command=name.replace("-", "_"))
    return command


def _of_article(command: ArgumentParser) -> None:
    command.add_argument("-a", "--article", default=_DEFAULT, metavar=ARTICLE, help="default: %(default)s")


def _as_json(command: ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="for programs; claims have their voices here too")


def _of_corpora(command: ArgumentParser) -> None:
    command.add_argument(
        "--start", type=int, default=0, metavar="N", help="skip the first N articles of a corpus (default: %(default)s)"
    )


def _list(commands: Commands) -> None:
    command = _add(commands, "list", "list the bundled and installed articles, or those of corpora")
    command.add_argument("paths", nargs="*", metavar="PATH", help=f"{_CORPUS}, or an article file")
    _of_corpora(command)
    _as_json(command)


def _show(commands: Commands) -> None:
    more = " Claims, events and relations are shown with their voices."
    command = _add(commands, "show", "show a record with everything related to it, or a layer", more)
    command.add_argument(
        "what", nargs="?", metavar="ID|LAYER", help="such as xi-jinping or claims; without it: a list of the layers"
    )
    _of_article(command)
    _as_json(command)


def _voices(commands: Commands) -> None:
    more = (
        " Without --claims: who speaks inside whom, and how often with which commitment."
        " One voice of a claim must match all of --by, --commitment, --act and --channel."
    )
    command = _add(commands, "voices", "show the nested voices of the claims", more)
    command.add_argument("--claims", action="store_true", help="show each claim inside its voices")
    command.add_argument("--by", metavar="ENTITY", help="only voices that are this entity, an id or a name")
    command.add_argument("--commitment", metavar="COMMITMENT", help="only voices with this commitment: probable …")
    command.add_argument("--act", metavar="ACT", help="only voices with this act: deny …")
    command.add_argument("--channel", metavar="CHANNEL", help="only voices with this channel: press-report …")
    command.add_argument("--about", metavar="ENTITY", help="only claims about this entity")
    command.add_argument("--depth", type=int, default=1, metavar="N", help="only claims with at least N voices")
    _of_article(command)
    _as_json(command)


def _timeline(commands: Commands) -> None:
    more = " Undated events are listed after the others."
    command = _add(commands, "timeline", "show the events in order of time, each with the voices that report it", more)
    command.add_argument("--during", metavar="TIME", help="only possible then, such as 2018, 2018-12 or 2018/2019-03")
    command.add_argument("--by", metavar="ENTITY", help="only events that this entity reports, alone or relayed")
    _of_article(command)
    _as_json(command)


def _validate(commands: Commands) -> None:
    command = _add(commands, "validate", "check article files and corpora against all rules")
    files = "an article file, or - for standard input"
    command.add_argument("paths", nargs="*", metavar="PATH", help=f"{files}; {_CORPUS}; default: all named articles")
    _of_corpora(command)
    command.add_argument("--format", default="text", metavar="REPORT", help="text (the default), json, sarif or github")
    command.add_argument("--jobs", type=int, default=1, metavar="N", help="check on N cores (default: 1)")
    for limit in _LIMITS:
        command.add_argument(f"--{limit}", type=int, metavar="N", help="see docs/problem-codes.md")


def _attach(commands: Commands) -> None:
    more = " The copy is read on this machine and sent nowhere."
    summary = "attach the annotation to your copy of the text, and report how much was found"
    command = _add(commands, "attach", summary, more)
    command.add_argument("file", metavar="FILE", help="your copy: plain text, or a saved web page with the extra html")
    command.add_argument("--encoding", metavar="ENCODING", help="its encoding, if it is not UTF-8 and does not name it")
    command.add_argument("--lost", action="store_true", help="list each span that was not found, and why")
    command.add_argument("-o", "--output", metavar="ARTICLE.json", help="write the article in your copy's offsets")
    command.add_argument(
        "--with-text", action="store_true", help="include your copy in that file; check that you may store it"
    )
    _of_article(command)
    _as_json(command)


def _export(commands: Commands) -> None:
    more = " A corpus becomes a directory with an entry for each article or, with parquet, one .parquet file."
    command = _add(commands, "export", "write an article or a corpus in another format", more)
    command.add_argument("format", nargs="?", metavar="FORMAT", help="such as turtle; without it: a list of them")
    command.add_argument("-o", "--output", metavar="OUTPUT", help="a file or, for several files, a directory")
    command.add_argument("--text", metavar="FILE", help="your copy of the text, for formats that need it")
    _of_article(command)
    _of_corpora(command)


def _score(commands: Commands) -> None:
    more = (
        " The extraction may break rules between records. Two corpora with the same articles in the same order are"
        " scored together. The measures are those of docs/scoring.md."
    )
    command = _add(commands, "score", "score an extraction against a gold article", more)
    command.add_argument("gold", metavar=ARTICLE, help="the gold article")
    command.add_argument("predicted", metavar="PREDICTED", help="the extraction: an article file, or a name")
    command.add_argument("--jobs", type=int, default=1, metavar="N", help="score corpora on N cores (default: 1)")
    command.add_argument("--match", default="graded", metavar="MATCH", help="graded (the default), overlap or exact")
    command.add_argument("--align", default="records", metavar="ALIGN", help="records (the default) or sentences")
    command.add_argument(
        "--threshold", type=float, metavar="SHARE", help="the least similarity of a pair (default: 0.5)"
    )
    command.add_argument("--layer", action="append", metavar="LAYER", help="only this layer; may be given again")
    command.add_argument("--interval", type=int, metavar="SEED", help="add a bootstrap interval to each F1")
    command.add_argument("--errors", action="store_true", help="list the missed, invented and mistaken records")
    command.add_argument("--html", metavar="PAGE", help="write a page with the text, both annotations and the errors")
    _as_json(command)


def _compare_annotations(commands: Commands) -> None:
    more = " Either may break rules. The figures are those of the data card."
    summary = "compare two annotations of one text: agreement, and the list to adjudicate"
    command = _add(commands, "compare-annotations", summary, more)
    command.add_argument("a", metavar="A", help="the first: an article file or a draft")
    command.add_argument("b", metavar="B", help="the second, of the same text")
    command.add_argument("--text", metavar="FILE", help="the text, if neither file contains it")
    command.add_argument("-o", "--output", metavar="LIST.jsonl", help="write the list, with a field for each decision")
    _as_json(command)


def _explore(commands: Commands) -> None:
    more = " It is one file and needs no network."
    command = _add(commands, "explore", "make a page to explore an article", more)
    command.add_argument("article", nargs="?", default=_DEFAULT, metavar=ARTICLE, help="default: %(default)s")
    command.add_argument("-o", "--output", required=True, metavar="PAGE", help="the file to write, such as page.html")


def _cite(commands: Commands) -> None:
    command = _add(commands, "cite", "show how to cite the annotation of an article")
    command.add_argument("--style", default="text", metavar="STYLE", help="text (the default), bibtex or csl")
    _of_article(command)


def _schema(commands: Commands) -> None:
    command = _add(commands, "schema", "write the JSON Schema of article files")
    command.add_argument("-o", "--output", metavar="OUTPUT", help="the file to write")


def _new(commands: Commands) -> None:
    more = (
        " Sentences, dates and amounts need the extra authoring. Nothing is guessed: missing values are left open."
        " With --for: a project for an annotation tool. With --package: a distribution around finished articles."
    )
    command = _add(commands, "new", "make a draft to annotate from a text, or a package around articles", more)
    command.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="the text, or a saved web page with the extra html; with --for also a draft; with --package the articles",
    )
    command.add_argument(
        "-o", "--output", metavar="OUTPUT", help="the file to write, such as article.json; a directory for several"
    )
    command.add_argument("--for", dest="tool", metavar="TOOL", help="write a project for brat or label-studio")
    command.add_argument(
        "--from", dest="source", metavar="TOOL", help="read a project: the directory of brat, the JSON of label-studio"
    )
    command.add_argument("--text", metavar="FILE", help="with --for, the text of a draft that does not contain it")
    command.add_argument("--package", metavar="PACKAGE", help="write a distribution of this name around the articles")
    command.add_argument("--id", metavar="ID", help="the name of the article; default: made from the file's name")
    command.add_argument("--title", metavar="TITLE", help="the headline; default: the first line, if it is one")
    command.add_argument("--author", action="append", default=[], metavar="PERSON", help="may be given again")
    command.add_argument("--contributor", action="append", default=[], metavar="PERSON", help="may be given again")
    command.add_argument("--publisher", metavar="BODY", help="who published it")
    command.add_argument("--published", metavar="DAY", help="when, as 2019-07-13")
    command.add_argument("--updated", metavar="DAY", help="when the publisher last changed it")
    command.add_argument("--language", default="en", metavar="LANGUAGE", help="a BCP 47 tag (default: en)")
    command.add_argument("--genre", default="op-ed", metavar="GENRE", help="as declared (default: op-ed)")
    command.add_argument("--licence", metavar="LICENCE", help="of your annotation, as an SPDX expression")
    command.add_argument("--encoding", metavar="ENCODING", help="of the text, if it is not UTF-8 and does not name it")
    command.add_argument("--with-text", action="store_true", help="include the text; check that you may store it")
    command.add_argument("--no-proposals", action="store_true", help="do not propose dates and amounts")


def _lint(commands: Commands) -> None:
    more = (
        " Problems that make an article invalid are reported by validate. A warning can be wrong; its hint says when."
    )
    command = _add(commands, "lint", "list the gaps that a complete annotation would not have", more)
    command.add_argument("article", metavar=ARTICLE, help="a draft or an article")
    command.add_argument("--text", metavar="FILE", help="its text as annotated, if the file does not contain it")
    command.add_argument("--format", default="text", metavar="REPORT", help="text (the default), json, sarif or github")


_COMMANDS: Final = (
    _list,
    _show,
    _voices,
    _timeline,
    _validate,
    _attach,
    _export,
    _score,
    _explore,
    _cite,
    _schema,
    _new,
    _lint,
    _compare_annotations,
)
