"""Every threshold of the product, with its unit, default and one sentence.

No page of the platform states when a product counts as slow, so each of these is *ours*: a default a seller may
change in ``toolkit.toml``, never "a platform rule". Where the seller guide or an official text gives a number
(3,000 products, 48 hours) the sentence says so.

The sentence of a setting lives in `toolkit.words.settings` under ``setting.<section>.<name>``.
"""

from __future__ import annotations

import difflib
import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from toolkit.errors import SettingsError
from toolkit.event_days import unreadable_event
from toolkit.words import Text, both

__all__ = [
    "DEFAULTS",
    "Abc",
    "Cases",
    "Duplicates",
    "Events",
    "Funnel",
    "Guards",
    "Model",
    "Money",
    "OtherStore",
    "Plan",
    "Policy",
    "Season",
    "Settings",
    "Slow",
    "Stock",
    "Store",
    "Workdays",
    "as_settings",
    "read_settings",
    "with_changes",
]

Units = Annotated[int, Field(ge=0)]
# A century is more than any store has, and days beyond the calendar cannot be counted back.
Days = Annotated[int, Field(ge=0, le=36_500)]
Weeks = Annotated[int, Field(ge=0, le=5_200)]
Share = Annotated[float, Field(ge=0, le=1)]
Ratio = Annotated[float, Field(ge=0)]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Store(_Section):
    """What kind of store this is."""

    name: str = ""
    language: Literal["zh", "en"] = "zh"
    currency: str = "CNY"
    listing_limit: Units = 3000
    self_run: bool = False
    absent_from_period_means_zero: bool = False
    special_categories: tuple[str, ...] = ()


class Slow(_Section):
    """When a product sells too slowly for its stock and its slot."""

    no_sale_days: Days = 90
    never_sold_days: Days = 120
    max_weeks_of_cover: Weeks = 52
    min_sold_share_90d: Share = 0.05
    min_covered_days: Days = 56


class Stock(_Section):
    """When stock is too short to serve orders."""

    min_weeks_of_cover: Weeks = 2
    out_of_stock_days: Days = 28
    jit_hours: Annotated[int, Field(gt=0)] = 48


class Season(_Section):
    """When a product's season is over, and when the next one is near."""

    min_strength: Ratio = 2.0
    in_season_index: Ratio = 1.0
    ahead_weeks: Weeks = 10
    relist_lead_weeks: Weeks = 6
    asleep_index: Ratio = 0.5
    quiet_units_7d: Units = 1
    shrink_units: Ratio = 200.0
    min_weeks_observed: Weeks = 52


class Guards(_Section):
    """What stops a product from being delisted."""

    new_product_days: Days = 60
    restocked_days: Days = 30
    stale_catalog_days: Days = 14
    stale_stock_days: Days = 14
    stale_orders_days: Days = 3
    review_days: Annotated[int, Field(gt=0)] = 7
    policy_overrides: dict[str, str] = Field(default_factory=dict)


class Policy(_Section):
    """When to look at the policy list ahead of time."""

    warn_days: Days = 30


class Funnel(_Section):
    """How much traffic it takes before a listing is judged by it."""

    min_impressions: Units = 100
    min_visitors: Units = 20
    min_click_share: Share = 0.005


class Abc(_Section):
    """Where the classes end, in cumulated revenue."""

    a_share: Share = 0.80
    b_share: Share = 0.95


class Money(_Section):
    """Assumptions about money that no export states."""

    holding_rate_weekly: Share = 0.005
    horizon_weeks: Literal[8, 13, 26] = 13
    use_assumed_cost: bool = False
    salvage_share: Share | Literal["unknown"] = "unknown"
    recall_fee_fen: Units | Literal["unknown"] = "unknown"
    price_cut_share: Share = 0.1
    act_margin: Share = 0.2


class Plan(_Section):
    """How much of a store may be taken off sale in one run, and what must stay."""

    max_share_products: Share = 0.10
    max_share_revenue: Share = 0.05
    always_products: Units = 20
    category_floors: dict[str, Units] = Field(default_factory=dict)


class Duplicates(_Section):
    """When two listings look like the same product."""

    min_similarity: Share = 0.9
    min_similarity_same: Share = 0.8
    price_band: Share = 0.2


class Cases(_Section):
    """How long deposits and reviews usually take, and how far a credit is looked for."""

    deposit_fen: Units = 1_000_000
    refund_days_min: Days = 3
    refund_days_max: Days = 5
    certification_hours: Annotated[int, Field(gt=0)] = 1
    business_days_min: Days = 2
    business_days_max: Days = 4
    account_days_min: Days = 2
    account_days_max: Days = 3
    early_days: Days = 10
    search_days: Days = 60
    gap_fen: Units = 500_000
    fresh_days: Days = 3
    bill_lag_days: Days = 1
    required_documents: tuple[str, ...] = ()
    document_kinds: tuple[str, ...] = ()
    document_max_mb: Annotated[float, Field(gt=0)] | Literal["unknown"] = "unknown"
    mask_personal: bool = True


class Workdays(_Section):
    """How working days are counted; no page of the platform says which day is the first."""

    count_from: Literal[0, 1] = 1


class OtherStore(_Section):
    """When a file in the inbox looks like another store's."""

    min_products: Units = 20
    max_known_share: Share = 0.02


class Model(_Section):
    """When the demand model is believed, and what keeping a product is taken to cost."""

    min_weeks: Weeks = 5
    delist_score_min: Share = 0.6
    p_dead_min: Share = 0.5
    p_clear_max: Share = 0.1
    quiet_days: Days = 28
    cost_share: Share = 0.65
    slot_share: Share = 0.01


class Events(_Section):
    """Days of events: the shipped ones changed or switched off, and a seller's own (`toolkit.event_days`)."""

    days: dict[str, str] = Field(default_factory=dict)

    @field_validator("days")
    @classmethod
    def _readable(cls, days: dict[str, str]) -> dict[str, str]:
        if name := unreadable_event(days):
            raise PydanticCustomError("event_days", "unreadable", {"event": name, "days": days[name]})
        return days


class Settings(BaseModel):
    """All settings of a store; change one with `toolkit.toml` or `Settings(slow=Slow(no_sale_days=120))`.

    >>> Settings().store.listing_limit
    3000
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    store: Store = Store()
    slow: Slow = Slow()
    stock: Stock = Stock()
    season: Season = Season()
    guards: Guards = Guards()
    policy: Policy = Policy()
    funnel: Funnel = Funnel()
    abc: Abc = Abc()
    money: Money = Money()
    plan: Plan = Plan()
    duplicates: Duplicates = Duplicates()
    model: Model = Model()
    events: Events = Events()
    cases: Cases = Cases()
    workdays: Workdays = Workdays()
    other_store: OtherStore = OtherStore()

    def flat(self) -> dict[str, Any]:
        """Each setting under its full name, ``slow.no_sale_days``, in the order they are declared.

        >>> Settings().flat()["slow.no_sale_days"]
        90
        """
        return {
            f"{section}.{name}": value
            for section, values in self.model_dump().items()
            for name, value in values.items()
        }

    def changed(self) -> dict[str, Any]:
        """Only the settings that differ from the defaults."""
        defaults = DEFAULTS.flat()
        return {name: value for name, value in self.flat().items() if value != defaults[name]}

    def digest(self) -> str:
        """A fingerprint of all values: equal exactly when two runs used the same settings."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]


DEFAULTS = Settings()


def read_settings(path: Path) -> Settings:
    """Settings of a ``toolkit.toml``; a missing file means all defaults.

    Raises:
        SettingsError: the file cannot be opened or is not TOML, a name is unknown (with "did you mean"), or a value does
            not fit.
    """
    if not path.exists():
        return DEFAULTS
    try:
        return Settings.model_validate(tomllib.loads(_text(path)))
    except OSError as error:
        raise SettingsError("file_not_open", file=path.name, problem=error.strerror or str(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError("settings_not_toml", file=path.name, problem=str(error)) from error
    except ValidationError as error:
        raise _explain(error, path.name) from error


def _text(path: Path) -> str:
    """The file as text; older Notepads save in the code page of the country."""
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030")


def as_settings(values: Settings | Mapping[str, Any] | None) -> Settings:
    """Settings from what a caller gives: a `Settings`, sections as in toolkit.toml, or None for the defaults.

    Raises:
        SettingsError: a name is unknown (with "did you mean"), or a value does not fit.

    >>> as_settings({"slow": {"no_sale_days": 120}}).slow.no_sale_days
    120
    """
    if isinstance(values, Settings):
        return values
    try:
        return Settings.model_validate(values or {})
    except ValidationError as error:
        raise _explain(error, "settings") from error


def with_changes(settings: Settings, changes: Mapping[str, Any]) -> Settings:
    """Settings with some changed, by name: ``cost_share`` where only one section has it, else ``model__cost_share``.

    Raises:
        SettingsError: there is no such setting, several sections have one of that name, or the value does not fit.

    >>> with_changes(Settings(), {"cost_share": 0.7}).model.cost_share
    0.7
    """
    values, known = settings.model_dump(), settings.flat()
    for name, value in changes.items():
        full = name.replace("__", ".", 1)
        found = [other for other in known if other == full or other.endswith(f".{full}")]
        if len(found) != 1:
            near = found or difflib.get_close_matches(full, [k.rpartition(".")[2] for k in known], n=1, cutoff=0.4)
            raise SettingsError("settings_unknown", file="what_if", name=name, near=" / ".join(near) or "tk.Settings()")
        section, _, own = found[0].partition(".")
        values[section][own] = value
    return as_settings(values)


def _explain(error: ValidationError, file: str) -> SettingsError:
    """The first problem of a settings file as one sentence; an unknown name comes with its nearest neighbours."""
    problem = error.errors(include_url=False)[0]
    name = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "event_days":
        told = problem.get("ctx", {})
        return SettingsError("event_days", file=file, event=told["event"], days=told["days"])
    if problem["type"] != "extra_forbidden":
        return SettingsError("settings_value", file=file, name=name, value=problem["input"], problem=_wanted(problem))
    known = [*DEFAULTS.flat(), *Settings.model_fields]
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.4) or difflib.get_close_matches(
        name.rpartition(".")[2], [other.rpartition(".")[2] for other in known], n=1, cutoff=0.4
    )
    return SettingsError("settings_unknown", file=file, name=name, near=near[0] if near else "toolkit init")


def _wanted(problem: Mapping[str, Any]) -> Text | str:
    """What would fit instead, in our words; in pydantic's where there are none of ours."""
    kind = str(problem["type"])
    limits = {name: str(value).replace(" or ", " / ") for name, value in problem.get("ctx", {}).items()}
    key = next((f"wanted.{name}" for name in _WANTED if kind.startswith(name)), None)
    return both(key, **limits) if key else str(problem["msg"])


_WANTED = ("int", "float", "bool", "literal", "greater_than_equal", "less_than_equal", "string", "tuple", "model")
"""The kinds of misfits that have words of ours, by how pydantic's names of them begin."""
