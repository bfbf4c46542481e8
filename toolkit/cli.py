"""The command line: it parses words, calls the package and prints. Nothing is decided here.

It is also the only place with a clock, and the place where an error becomes one sentence and exit code 1. Everything
heavy is imported by the command that needs it, so that ``toolkit --help`` answers at once.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from datetime import datetime, time, timedelta, timezone
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import click

from toolkit.errors import ToolkitError
from toolkit.words import LANGS, Lang, say, text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from toolkit.ledger import Hand
    from toolkit.load.loaded import LoadedFile

__all__ = ["main"]


def _both(key: str) -> str:
    """Help is read before any language is known, so it says both."""
    words = text(key)
    return f"{words.zh}\n\n{words.en}"


def _short(key: str) -> str:
    words = text(key)
    return f"{words.zh} · {words.en}"


def _command(name: str) -> Callable[..., click.Command]:
    return cli.command(name, help=_both(f"cli.{name}"), short_help=_short(f"cli.{name}"))


_lang = click.option("--lang", type=click.Choice(LANGS), default=None, help=_short("cli.option.lang"))
_as_of = click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), default=None, metavar="YYYY-MM-DD", help=_short("cli.option.as_of")
)
_checked_on = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]),
    default=None,
    metavar="YYYY-MM-DD[THH:MM]",
    help=_short("cli.option.checked_on"),
)


class _PathOf(click.Path):
    """A path as pathlib has it, which brings much with it that help does not need."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from pathlib import Path

        return Path(os.fsdecode(super().convert(value, param, ctx)))


# Whether a file can be read is found out, and said, by whoever reads it.
_file = _PathOf(readable=False)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


@click.group(help=_both("cli.toolkit"), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fullmanaged-toolkit", message="%(version)s")
def cli() -> None:
    pass


@_command("init")
@click.argument("folder", type=_file)
@_lang
def init(folder: Path, lang: Lang | None) -> None:
    from toolkit.store.new import init_store

    lang = lang or "zh"
    for path in init_store(folder, lang=lang):
        click.echo(f"  {path}")
    click.echo(say("cli.init.next", lang, folder=folder, inbox=folder / "inbox"))


@_command("weekly")
@click.argument("folder", type=_file)
@_as_of
@click.option("--accept", multiple=True, metavar="FILE", help=_short("cli.option.accept"))
@_lang
def weekly(folder: Path, as_of: datetime | None, accept: tuple[str, ...], lang: Lang | None) -> None:
    from toolkit.store import open_store
    from toolkit.store.week import weekly_run

    store = open_store(folder, today=_today())
    for name in accept:
        store.accept(name)
    run = weekly_run(store, as_of=_day(as_of), lang=lang)
    click.echo(run.conclusion)
    click.echo(say("cli.files_written", run.lang, folder=run.folder))
    for path in run.files:
        click.echo(f"  {path.name}")
    for note in (*store.not_read(lang), *store.corrected(lang), *run.notes):
        click.echo(note)


@_command("apply")
@click.argument("run", type=_file)
@click.option("--template", type=_file, default=None, help=_short("cli.option.template"))
@click.option("--payload", is_flag=True, help=_short("cli.option.payload"))
@_lang
def apply(run: Path, template: Path | None, payload: bool, lang: Lang | None) -> None:
    from toolkit.store.apply import apply_run

    applied = apply_run(run, hand=_hand(), template=template, payload=payload, lang=lang)
    _tell(applied.sentences(lang or "zh"), applied.files, lang)


@_command("confirm")
@click.argument("folder", type=_file)
@click.option("--response", type=_file, default=None, help=_short("cli.option.response"))
@_lang
def confirm(folder: Path, response: Path | None, lang: Lang | None) -> None:
    from toolkit.store.confirm import confirm as find_out

    _tell(find_out(folder, hand=_hand(), response=response, lang=lang).sentences(lang or "zh"))


@_command("undo")
@click.argument("run", type=_file)
@_lang
def undo(run: Path, lang: Lang | None) -> None:
    from toolkit.store.undo import undo_run

    undone = undo_run(run, hand=_hand(), lang=lang)
    _tell(undone.sentences(lang or "zh"), undone.files, lang)


@_command("log")
@click.argument("folder", type=_file)
@click.argument("product_id")
@_lang
def log(folder: Path, product_id: str, lang: Lang | None) -> None:
    from toolkit.ledger import Ledger
    from toolkit.ledger.story import story
    from toolkit.store import open_store

    _tell(story(Ledger(open_store(folder).folder / "ledger").rows(), product_id, lang or "zh"))


@_command("compare")
@click.argument("folder", type=_file)
@click.argument("before")
@click.argument("after")
@_lang
def compare(folder: Path, before: str, after: str, lang: Lang | None) -> None:
    from toolkit.store.compare import compare as side_by_side

    click.echo(side_by_side(folder, before, after, lang=lang).conclusion())


def _hand() -> Hand:
    """Who sits at the keyboard, and what time it is."""
    import getpass

    from toolkit.ledger import Hand

    return Hand(getpass.getuser(), datetime.now().replace(microsecond=0))


def _tell(sentences: list[str], files: tuple[Path, ...] = (), lang: Lang | None = None) -> None:
    for sentence in sentences:
        click.echo(sentence)
    if files:
        click.echo(say("cli.files_written", lang or "zh", folder=files[0].parent))
    for path in files:
        click.echo(f"  {path.name}")


@_command("backtest")
@click.argument("folder", type=_file)
@_as_of
@_lang
def backtest(folder: Path, as_of: datetime | None, lang: Lang | None) -> None:
    from toolkit.store import open_store
    from toolkit.store.past import backtest as judge
    from toolkit.store.past import past_folder

    store = open_store(folder, today=_today())
    past = judge(store, as_of=_day(as_of), lang=lang)
    for sentence in past.sentences():
        click.echo(sentence)
    files = past.write(past_folder(store, past))
    click.echo(say("backtest.files", past.lang, folder=files[0].parent))
    for path in files:
        click.echo(f"  {path.name}")


@_command("reconcile")
@click.argument("paths", type=_file, nargs=-1, required=True)
@click.option("--out", type=_file, default=None, help=_short("cli.option.reconciled"))
@_checked_on
@_lang
def reconcile(paths: tuple[Path, ...], out: Path | None, as_of: datetime | None, lang: Lang | None) -> None:
    from toolkit.store.reconcile import reconcile_paths

    lang = lang or "zh"
    done = reconcile_paths(paths, as_of=_checked(as_of))
    _tell(done.sentences(lang), done.write(out, lang=lang), lang)


@_command("cases")
@click.argument("paths", type=_file, nargs=-1, required=True)
@_checked_on
@_lang
def cases(paths: tuple[Path, ...], as_of: datetime | None, lang: Lang | None) -> None:
    from toolkit.store.reconcile import reconcile_paths

    lang = lang or "zh"
    done = reconcile_paths(paths, as_of=_checked(as_of))
    cells = done.due_cells(lang)
    if cells and sys.stdout.isatty():
        _show_table([text(f"cases.{name}").in_(lang) for name in cells[0]], [[*row.values()] for row in cells])
    else:
        _tell(done.due(lang))


def _show_table(titles: list[str], rows: list[list[str]]) -> None:
    """A table for eyes, as wide as the terminal; pipes, files and timers get lines instead, which programs can read."""
    from rich import box
    from rich.console import Console
    from rich.table import Column, Table

    # Chinese has no blanks to break at: without folding a long cell would lose its end.
    table = Table(*(Column(title, overflow="fold") for title in titles), box=box.SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    # A store may be called [bold]: texts of ours and of the user's are no markup.
    Console(markup=False, highlight=False, emoji=False).print(table)


def _checked(as_of: datetime | None) -> date:
    """The day that was asked for, or its moment where a time stands with it; else now in Shanghai, where the money is."""
    if as_of is None:
        return _now()
    return as_of.date() if as_of.time() == time(0) else as_of


def _now() -> datetime:
    """What time it is in Shanghai, where the money and the working days are."""
    return datetime.now(timezone(timedelta(hours=8))).replace(tzinfo=None)


def _today() -> date:
    return _now().date()


@_command("score")
@click.option("--orders", type=_file, multiple=True, help=_short("cli.option.orders"))
@click.option("--catalog", type=_file, multiple=True, help=_short("cli.option.catalog"))
@click.option("--stock", type=_file, multiple=True, help=_short("cli.option.stock"))
@click.option("--sales", type=_file, multiple=True, help=_short("cli.option.sales"))
@click.option("--policy", type=_file, multiple=True, help=_short("cli.option.policy"))
@_as_of
@click.option("--out", type=_file, required=True, help=_short("cli.option.out"))
@_lang
def score(out: Path, as_of: datetime | None, lang: Lang | None, **files: tuple[Path, ...]) -> None:
    from toolkit.export.into_place import beside_note
    from toolkit.score import score as score_products

    lang = lang or "zh"
    given: dict[str, Any] = {name: paths for name, paths in files.items() if paths}
    result = score_products(**given, as_of=_day(as_of), today=_today())
    written = result.write(out, lang=lang)
    click.echo(result.table_note(lang))
    click.echo(say("cli.files_written", lang, folder=out.parent))
    click.echo(f"  {written.name}")
    if note := beside_note(out, written, lang):
        click.echo(note)


@_command("check")
@click.argument("files", type=_file, nargs=-1, required=True)
@_lang
def check(files: tuple[Path, ...], lang: Lang | None) -> None:
    from toolkit.load.folder import files_of
    from toolkit.load.loaded import load_file

    lang = lang or "zh"
    broken = 0
    for path in files_of(files):
        try:
            _show(load_file(path), lang)
        except ToolkitError as error:
            broken += 1
            click.echo(error.sentence(lang), err=True)
    sys.exit(1 if broken else 0)


@_command("sample")
@click.argument("folder", type=_file)
@click.option("--products", type=click.IntRange(20), default=300, show_default=True)
@click.option("--weeks", type=click.IntRange(8), default=78, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--deposits", is_flag=True, help=_short("cli.option.deposits"))
@_lang
def sample(folder: Path, products: int, weeks: int, seed: int, deposits: bool, lang: Lang | None) -> None:
    from toolkit.sample import write_deposit_sample, write_sample

    if deposits:
        paths = write_deposit_sample(folder)
    else:
        paths = write_sample(folder, products=products, weeks=weeks, seed=seed, lang=lang or "zh")
    for path in paths:
        click.echo(f"  {path}")


def _show(file: LoadedFile, lang: Lang) -> None:
    """What one file is, in the words of `toolkit check`."""
    from toolkit.load.describe import describe

    click.echo(describe(file, lang))


def main() -> None:
    """Run the command line; an expected failure is one sentence and its exit code, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console in a legacy code page cannot print Chinese; better a question mark than a crash.
        getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8", errors="replace")
    # Linear algebra on one thread: several spin while they wait, and add up in an order that differs by machine.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    # No plugin has a say in our settings, and looking for some reads the records of every package installed.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Tables are freed by counting references. Looking for circles of objects costs a twentieth of a run, and as much
    # again when all is freed at its end.
    gc.disable()
    atexit.register(gc.freeze)
    # The C library gives every large array back to the system and pays for its pages again with the next, until it has
    # seen a larger one freed. This one is never touched and costs nothing; it spares the run two pages of five.
    bytes(24 * 1024 * 1024)
    try:
        cli.main(standalone_mode=False)
    except ToolkitError as error:
        click.echo(error.sentence(_lang_of(sys.argv)), err=True)
        sys.exit(error.exit_code)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.ClickException as error:
        from toolkit.usage import usage_said

        click.echo(usage_said(error, _lang_asked(sys.argv)), err=True)
        sys.exit(error.exit_code)
    except Exception as error:
        # A mistake of ours. The person at the keyboard gets a sentence to pass on; who mends it sets TOOLKIT_DEBUG.
        if os.environ.get("TOOLKIT_DEBUG"):
            raise
        problem = f"{type(error).__name__}: {error}".splitlines()[0]
        click.echo(say("cli.our_mistake", _lang_of(sys.argv), problem=problem), err=True)
        sys.exit(1)


def _lang_of(arguments: list[str]) -> Lang:
    """The language asked for on the command line, also when the command itself failed; else Chinese."""
    return _lang_asked(arguments) or "zh"


def _lang_asked(arguments: list[str]) -> Lang | None:
    asked = [word for before, word in pairwise(arguments) if before == "--lang"]
    asked += [word.removeprefix("--lang=") for word in arguments if word.startswith("--lang=")]
    return next((lang for lang in LANGS if lang in asked), None)
