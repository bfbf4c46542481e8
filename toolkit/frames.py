"""Where a caller's frame comes in and goes out.

An analyst works in pandas or in polars and should get back what was handed in; inside, everything is polars. So a
frame is turned once on its way in and once on its way out, and there is no second code path. Any eager frame that
narwhals knows will do; a lazy polars frame stays lazy.
"""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
from narwhals.exceptions import DuplicateError

from toolkit.errors import InputError

__all__ = ["incoming", "is_frame", "outgoing"]


def is_frame(thing: object) -> bool:
    """Whether something is a table of rows and columns, of any library."""
    if isinstance(thing, pl.DataFrame | pl.LazyFrame):
        return True
    try:
        native = nw.from_native(thing, eager_only=True, pass_through=True)  # type: ignore[call-overload]
    except DuplicateError:
        # It is one; `incoming` says what is wrong with it.
        return True
    return isinstance(native, nw.DataFrame)


def incoming(frame: Any) -> pl.DataFrame | pl.LazyFrame:
    """A caller's frame as polars; missing values of every kind become null, an index is left behind.

    Raises:
        InputError: it is no frame, or has two columns of one name.

    >>> import pandas as pd
    >>> incoming(pd.DataFrame({"units": [1.0, None]}))["units"].to_list()
    [1.0, None]
    """
    if isinstance(frame, pl.DataFrame | pl.LazyFrame):
        return frame
    if not is_frame(frame):
        raise InputError("frame_kind", kind=type(frame).__name__)
    try:
        return nw.from_native(frame, eager_only=True).to_polars()
    except DuplicateError as error:
        names = [str(name) for name in frame.columns]
        raise InputError(
            "frame_columns_twice", names=", ".join(sorted({n for n in names if names.count(n) > 1}))
        ) from error


def outgoing(frame: pl.DataFrame, like: Any = None) -> Any:
    """A result as the kind of frame that came in; polars when `like` is None or lazy.

    >>> import pandas as pd
    >>> type(outgoing(pl.DataFrame({"units": [1]}), pd.DataFrame())).__module__.split(".")[0]
    'pandas'
    """
    if like is None or isinstance(like, pl.DataFrame | pl.LazyFrame):
        return frame
    kind = nw.from_native(like, eager_only=True).implementation
    if kind.is_pandas():
        return frame.to_pandas()
    return nw.from_arrow(frame, backend=kind).to_native()
