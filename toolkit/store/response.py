"""The JSON answer of the batch call, held against what was sent.

A call's ``success`` is about the call, not about the products: the failures stand one by one in ``error_details``, and
``modify_count`` says how many succeeded. Where the two do not agree, no product is taken for delisted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from toolkit.errors import InputError
from toolkit.ledger import State
from toolkit.store.outcomes import steps_to
from toolkit.store.run import Run
from toolkit.words import Text, both

__all__ = ["response_steps"]

_LARGEST = 64 * 1024 * 1024


def response_steps(
    present: pl.DataFrame, path: Path, runs: Iterable[Run], *, day: date
) -> tuple[pl.DataFrame, list[Text]]:
    """Steps for the ledger from a call's answer, or from a list of answers; sentences on what does not agree.

    Raises:
        InputError: the file is no such answer, or no call was ever written.
    """
    answers = list(_answers(_read(path), path.name))
    sent = _sent(runs)
    if not sent:
        raise InputError("response_no_payload", file=path.name)
    failed = {str(one): _error(detail) for each in answers for detail in _details(each) for one in _ids(detail)}
    told = sum(int(each.get("modify_count") or 0) for each in answers)
    counted = len(sent - failed.keys())
    state = State.DELISTED if told == counted else State.SUBMITTED
    notes = [] if told == counted else [both("confirm.modify_count", told=told, counted=counted)]
    if strange := sorted(failed.keys() - sent):
        notes.append(both("confirm.unknown_ids", ids=", ".join(strange)))
    targets = pl.DataFrame(
        [(one, str(State.REJECTED if one in failed else state), failed.get(one)) for one in sorted(sent)],
        schema={"product_id": pl.String, "target": pl.String, "said": pl.String},
        orient="row",
    )
    open_now = present.filter(pl.col("state").is_in([State.APPROVED, State.SUBMITTED]))
    news = open_now.join(targets, on="product_id").filter(pl.col("target") != pl.col("state"))
    return steps_to(
        news.with_columns(evidence=pl.lit("response"), evidence_on=pl.lit(day), note="said").sort("product_id")
    ), notes


def _read(path: Path) -> Any:
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError("file_too_large", file=path.name, size=path.stat().st_size // 2**20)
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise InputError("file_missing", file=path.name) from error
    except (OSError, ValueError) as error:
        raise InputError("response_not_read", file=path.name, problem=type(error).__name__) from error


def _answers(told: Any, file: str) -> Iterator[Mapping[str, Any]]:
    """The results in an answer, whatever the wrapping around them."""
    if isinstance(told, list):
        for each in told:
            yield from _answers(each, file)
    elif isinstance(told, dict) and ("modify_count" in told or "error_details" in told):
        yield told
    elif isinstance(told, dict) and (inner := [each for each in told.values() if isinstance(each, dict | list)]):
        for each in inner:
            yield from _answers(each, file)
    else:
        raise InputError("response_not_read", file=file, problem="modify_count")


def _details(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = answer.get("error_details") or []
    # Some gateways wrap a list once more under the name of its elements.
    if isinstance(found, dict):
        found = next((each for each in found.values() if isinstance(each, list)), [])
    return [each for each in found if isinstance(each, dict)]


def _ids(detail: Mapping[str, Any]) -> list[Any]:
    found = detail.get("product_ids") or []
    if isinstance(found, dict):
        found = next((each for each in found.values() if isinstance(each, list)), [])
    return str(found).split(";") if isinstance(found, str | int) else list(found)


def _error(detail: Mapping[str, Any]) -> str:
    return " ".join(str(detail[name]) for name in ("error_code", "error_message") if detail.get(name))


def _sent(runs: Iterable[Run]) -> set[str]:
    """The ids of the newest run that wrote a call."""
    for run in reversed(list(runs)):
        path = run.folder / "payload.json"
        if path.is_file():
            calls = json.loads(path.read_text(encoding="utf-8"))["calls"]
            return {one for call in calls for one in call["product_ids"].split(";") if one}
    return set()
