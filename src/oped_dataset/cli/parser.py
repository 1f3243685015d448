"""The commands and options there are.

Here: the parser; in what it finds, `command` is the module that does what was asked.
Not here: those modules, and completion and versions (`about.py`). The values of an option are checked by what uses
them, so that nothing of the data is imported to print the help.
"""

from __future__ import annotations

from argparse import Action, ArgumentParser, Namespace
from importlib import import_module
from typing import Any, Final, NoReturn, TypeAlias

from oped_dataset.messages import printable

Commands: TypeAlias = Any
"""What argparse gives to add commands to; its class has no public name."""

ARTICLE: Final = "NAME|PATH"
"""How an article is asked for; what stands in capitals in the help is what completion knows values by."""

_EXIT_CODES: Final = """\
exit codes: 0 all is well, 1 something is wrong with the data, 2 wrong usage or something that is not there
or cannot be read or written, 3 lint has warnings, 130 interrupted, 141 the output is read by nobody any more"""
_DEFAULT: Final = "retired-officials-2019"
"""As `library.DEFAULT_ARTICLE`, which would have to be imported for the help; a test holds the two equal."""

_CORPUS: Final = "a .jsonl, .jsonl.gz, .jsonl.zst or .parquet file, or a folder of them"

_LIMITS: Final = ("size-limit", "depth-limit", "problem-limit")


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        # It quotes the arguments.
        super().error(printable(message))


def parser() -> ArgumentParser:
    """Make the parser; in what it finds, `command` names the module whose `run` does it."""
    made = _Parser(
        prog="oped-dataset",
        description="Who says what, how surely, and on whose word, in one real op-ed. None of it is a fact. "
        "Without a command: a summary of the bundled article.",
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
    looking = (_list, _show, _voices, _timeline, _validate, _attach, _export, _score, _explore, _cite, _schema)
    for add in (*looking, _new, _lint, _compare_annotations):
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
        "--start", type=int, default=0, metavar="N", help="pass over the first articles of a corpus: %(default)s"
    )


def _filters(command: ArgumentParser) -> None:
    command.add_argument("--by", metavar="ENTITY", help="spoken by this entity, an id or a name, at any depth")
    command.add_argument("--commitment", metavar="COMMITMENT", help="with this commitment, such as probable")
    command.add_argument("--act", metavar="ACT", help="that does this, such as deny")
    command.add_argument("--channel", metavar="CHANNEL", help="that comes by this channel, such as press-report")


def _list(commands: Commands) -> None:
    command = _add(commands, "list", "list the bundled and installed articles, or those of corpora")
    command.add_argument("paths", nargs="*", metavar="PATH", help=f"{_CORPUS}, or an article file")
    _of_corpora(command)
    _as_json(command)


def _show(commands: Commands) -> None:
    more = " Claims, events and relations are shown with the voices that put them forward."
    command = _add(commands, "show", "show a record with all that belongs to it, or a layer", more)
    command.add_argument(
        "what", nargs="?", metavar="ID|LAYER", help="such as xi-jinping or claims; without it: the layers there are"
    )
    _of_article(command)
    _as_json(command)


def _voices(commands: Commands) -> None:
    more = (
        " Without --claims: who speaks inside whom, and how often with which commitment."
        " Of --by, --commitment, --act and --channel, all must fit the same voice of a claim."
    )
    command = _add(commands, "voices", "show the nested voices of the claims", more)
    command.add_argument("--claims", action="store_true", help="show each claim inside its voices")
    _filters(command)
    command.add_argument("--about", metavar="ENTITY", help="only claims about this entity")
    command.add_argument(
        "--depth", type=int, default=1, metavar="N", help="only claims through at least so many voices"
    )
    _of_article(command)
    _as_json(command)


def _timeline(commands: Commands) -> None:
    more = " Events without a time are listed apart, after the others."
    command = _add(commands, "timeline", "show the events in time, each with who tells it", more)
    command.add_argument("--during", metavar="TIME", help="only what can have been then: 2018, 2018-12, 2018/2019-03")
    command.add_argument("--by", metavar="ENTITY", help="only what this entity tells, alone or relayed")
    _of_article(command)
    _as_json(command)


def _validate(commands: Commands) -> None:
    command = _add(commands, "validate", "check article files and corpora against all rules")
    files = "an article file, or - for the input"
    command.add_argument("paths", nargs="*", metavar="PATH", help=f"{files}; {_CORPUS}; default: all bundled articles")
    _of_corpora(command)
    command.add_argument("--format", default="text", metavar="REPORT", help="text (the default), json, sarif or github")
    command.add_argument("--jobs", type=int, default=1, metavar="N", help="check on so many cores (default: 1)")
    for limit in _LIMITS:
        command.add_argument(f"--{limit}", type=int, metavar="N", help="see docs/problem-codes.md")


def _attach(commands: Commands) -> None:
    more = " It is read here and goes nowhere."
    summary = "carry the annotation over to your copy of the text, and tell how much was found"
    command = _add(commands, "attach", summary, more)
    command.add_argument("file", metavar="FILE", help="your copy: plain text, or a saved web page with the extra html")
    command.add_argument("--encoding", metavar="ENCODING", help="its encoding, where it is not UTF-8 and does not say")
    command.add_argument("--lost", action="store_true", help="list each place that was not found, and why")
    command.add_argument("-o", "--output", metavar="ARTICLE.json", help="write the article in your copy's offsets")
    command.add_argument(
        "--with-text", action="store_true", help="with your copy inside that file; mind the rights in it"
    )
    _of_article(command)
    _as_json(command)


def _export(commands: Commands) -> None:
    more = " A corpus becomes a directory with a file or directory an article, or with parquet one .parquet file."
    command = _add(commands, "export", "write an article or a corpus in another format", more)
    command.add_argument("format", nargs="?", metavar="FORMAT", help="such as turtle; without it: all there are")
    command.add_argument("-o", "--output", metavar="OUTPUT", help="a file or, for several files, a directory")
    command.add_argument("--text", metavar="FILE", help="your copy of the text, for formats that need it")
    _of_article(command)
    _of_corpora(command)


def _score(commands: Commands) -> None:
    more = (
        " The predicted one may break rules between records. Two corpora with the same articles in the same order are"
        " judged as one. The measures are those of docs/scoring.md."
    )
    command = _add(commands, "score", "judge an extraction by a gold article", more)
    command.add_argument("gold", metavar=ARTICLE, help="what it is judged by")
    command.add_argument("predicted", metavar="PREDICTED", help="what is judged: an article file, or a name")
    command.add_argument("--jobs", type=int, default=1, metavar="N", help="score corpora on so many cores (default: 1)")
    command.add_argument("--match", default="graded", metavar="MATCH", help="graded (the default), overlap or exact")
    command.add_argument("--align", default="records", metavar="ALIGN", help="records (the default) or sentences")
    command.add_argument(
        "--threshold", type=float, metavar="SHARE", help="the least similarity of a pair (default: 0.5)"
    )
    command.add_argument("--layer", action="append", metavar="LAYER", help="only this layer; may be given again")
    command.add_argument("--interval", type=int, metavar="SEED", help="with the interval of each F1, by a bootstrap")
    command.add_argument("--errors", action="store_true", help="list what was missed, made up or mistaken")
    command.add_argument("--html", metavar="PAGE", help="write a page with the text, both annotations and the errors")
    _as_json(command)


def _compare_annotations(commands: Commands) -> None:
    more = " Either may break rules. The figures are those of the data card."
    summary = "compare the annotations of two people: agreement, and the list to adjudicate"
    command = _add(commands, "compare-annotations", summary, more)
    command.add_argument("a", metavar="A", help="the first: an article file or a draft")
    command.add_argument("b", metavar="B", help="the second, of the same text")
    command.add_argument("--text", metavar="FILE", help="the text, where neither file holds it")
    command.add_argument(
        "-o", "--output", metavar="LIST.jsonl", help="write the list, a line each, with room to decide"
    )
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
        " Sentences, dates and amounts need the extra authoring. Nothing is guessed: what is not given is left open."
        " With --for: a project of an annotation tool. With --package: a distribution around finished articles."
    )
    command = _add(commands, "new", "make a draft to annotate from a text, or a package around articles", more)
    command.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="the text, or a saved web page with the extra html; with --for also a draft; with --package the articles",
    )
    command.add_argument(
        "-o", "--output", metavar="OUTPUT", help="the file to write, such as article.json; for several files the folder"
    )
    command.add_argument("--for", dest="tool", metavar="TOOL", help="write a project for brat or label-studio")
    command.add_argument(
        "--from", dest="source", metavar="TOOL", help="read a project of brat, a folder, or of label-studio, its JSON"
    )
    command.add_argument("--text", metavar="FILE", help="with --for, the text of a draft that does not hold it")
    command.add_argument("--package", metavar="PACKAGE", help="write a distribution of this name around the articles")
    command.add_argument("--id", metavar="ID", help="the name of the article; default: made from the file's name")
    command.add_argument("--title", metavar="TITLE", help="the headline; default: the first line, where it is one")
    command.add_argument("--author", action="append", default=[], metavar="PERSON", help="may be given again")
    command.add_argument("--contributor", action="append", default=[], metavar="PERSON", help="may be given again")
    command.add_argument("--publisher", metavar="BODY", help="who published it")
    command.add_argument("--published", metavar="DAY", help="when, as 2019-07-13")
    command.add_argument("--updated", metavar="DAY", help="when the publisher last changed it")
    command.add_argument("--language", default="en", metavar="LANGUAGE", help="a BCP 47 tag (default: en)")
    command.add_argument("--genre", default="op-ed", metavar="GENRE", help="as declared (default: op-ed)")
    command.add_argument("--licence", metavar="LICENCE", help="of your annotation, as an SPDX expression")
    command.add_argument("--encoding", metavar="ENCODING", help="of the text, where it is not UTF-8 and does not say")
    command.add_argument("--with-text", action="store_true", help="with the text inside; mind the rights in it")
    command.add_argument("--no-proposals", action="store_true", help="look for no dates and amounts")


def _lint(commands: Commands) -> None:
    more = " What makes an article invalid is listed by validate; a warning may be wrong, and its hint says when."
    command = _add(commands, "lint", "list what a complete annotation would not leave out", more)
    command.add_argument("article", metavar=ARTICLE, help="a draft or an article")
    command.add_argument("--text", metavar="FILE", help="its text as annotated, where the file does not hold it")
    command.add_argument("--format", default="text", metavar="REPORT", help="text (the default), json, sarif or github")
