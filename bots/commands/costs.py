"""`eventflow costs`, `eventflow org ceiling`: what the model cost, and what it may cost in a day."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

import typer

from bots.commands.console import database, done, fail, out, point_to_the_demo, run, settings_from_environment
from bots.commands.naming import check_zone, near, organization_or_all, the_organization
from bots.commands.tables import AsJson, cell, counted, lines, print_json, show
from core.ai.pricing import price_of, read_prices
from core.conversations.costs import queries
from core.conversations.costs.queries import WAYS, By, Ceiling, Since
from core.kernel.settings import Settings

Row = dict[str, Any]

_USUAL = "30d"
_MOST_DAYS, _MOST_DOLLARS = 3650, Decimal(1_000_000)
_TITLES: dict[By, str] = {"day": "Day", "person": "Person", "event": "Event", "tool": "Tool"}
_NOTHING: dict[By, str] = {"day": "", "person": "", "event": "(no event)", "tool": "(no tool)"}


def costs(
    *,
    by: Annotated[str, typer.Option("--by", help="person, event, day or tool.")] = "day",
    since: Annotated[str, typer.Option("--since", help="A day such as 2026-11-01, or the last days: 30d.")] = _USUAL,
    organization: Annotated[str | None, typer.Option("--org", help="Only this organisation, by name or id.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what the model cost, by day, person, event or tool.

    A turn that called several tools counts for each by its share of the calls. What nobody knows the price of is
    counted and not added.
    """
    if by not in WAYS:
        fail(f'Costs cannot be shown by "{by}". {near(by, WAYS)}Write one of: {", ".join(WAYS)}.')
    begin = _read_since(since)
    settings = settings_from_environment()

    async def work() -> list[Row]:
        async with database(settings) as db, db.as_operator() as tx:
            only = await organization_or_all(tx, organization)
            return await queries.costs(tx, by, begin, only)

    rows = run(work())
    if as_json:
        print_json(_plainly(row, by) for row in rows)
    elif not rows:
        out.print("The model was not asked in this time.")
        point_to_the_demo(settings)
    else:
        _show(rows, by, begin)


def org_ceiling(
    *,
    organization: Annotated[str, typer.Option("--org", help="The organisation's name or id.")],
    dollars: Annotated[str | None, typer.Option("--dollars", help="US dollars a day, such as 5.00.")] = None,
    none: Annotated[bool, typer.Option("--none", help="No ceiling.")] = False,
    zone: Annotated[str | None, typer.Option("--zone", help="Where its days begin, such as Asia/Jerusalem.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show or set what the model may cost an organisation a day.

    Over it the model is not asked before the next day; what is under way comes on top. Cards and commands go on.
    """
    if none and dollars is not None:
        fail("Write either --dollars or --none.")
    wanted = _read_dollars(dollars) if dollars is not None else None
    if zone is not None:
        check_zone(zone)
    sets = none or wanted is not None
    settings = settings_from_environment()

    async def work() -> tuple[str, Ceiling]:
        async with database(settings) as db, db.as_operator() as tx:
            found = await the_organization(tx, organization)
            if sets or zone is not None:
                await queries.set_ceiling(tx, found["id"], sets=sets, dollars=wanted, zone=zone)
            return found["name"], await queries.ceiling_of(tx, found["id"])

    name, ceiling = run(work())
    if as_json:
        told = {"ceiling_usd": _number(ceiling.dollars), "spent_usd": _number(ceiling.spent), "zone": ceiling.zone}
        print_json([{"organization": name, **told}])
        return
    spent = f"Today, in {ceiling.zone}, it has cost {_money(ceiling.spent)}."
    if ceiling.dollars is None:
        done(f'"{name}" has no ceiling. {spent}')
        return
    is_over = ceiling.spent >= ceiling.dollars
    goes_on = " The model is not asked before tomorrow." if is_over else ""
    done(f'"{name}" may cost ${ceiling.dollars:,.2f} a day. {spent}{goes_on}{_warned(settings)}')


def _warned(settings: Settings) -> str:
    model = settings.gemini_model
    if price_of(model, datetime.now(UTC).date(), read_prices(settings.gemini_prices)) is not None:
        return ""
    return f" Nobody knows what {model} costs, so it counts for nothing: set GEMINI_PRICES={model}=INPUT/OUTPUT."


def _read_since(said: str) -> Since:
    if (days := re.fullmatch(r"([1-9]\d{0,3})d", said.strip())) and int(days[1]) <= _MOST_DAYS:
        return Since(days=int(days[1]))
    how = f"Write --since as 2026-11-01, or as the last days: 30d, up to {_MOST_DAYS}d."
    try:
        day = date.fromisoformat(said.strip())
    except ValueError:
        fail(f'"{said}" is no day. {how}')
    # It may be tomorrow somewhere already.
    if day > datetime.now(UTC).date() + timedelta(days=1):
        fail(f"{day} is still to come. {how}")
    return Since(day=day)


def _read_dollars(said: str) -> Decimal:
    try:
        dollars = Decimal(said.strip().removeprefix("$"))
    except InvalidOperation:
        dollars = Decimal("NaN")
    if not (dollars.is_finite() and 0 <= dollars <= _MOST_DOLLARS and dollars == round(dollars, 2)):
        fail(f'"{said}" is no amount. Write --dollars as 5 or 5.00, up to {_MOST_DOLLARS:,}.')
    return dollars


def _plainly(row: Row, by: By) -> Row:
    told = {key: value for key, value in row.items() if key not in {"name", "detail", "cost", "unknown"}}
    named = {by: row["name"]} | ({"email": row["detail"]} if by == "person" else {})
    return named | told | {"cost_usd": _number(row["cost"]), "unknown_costs": row["unknown"]}


def _number(dollars: Decimal | None) -> float | None:
    return None if dollars is None else float(dollars)


def _money(dollars: Decimal | None) -> str:
    return "unknown" if dollars is None else f"${dollars:,.4f}"


def _show(rows: list[Row], by: By, since: Since) -> None:
    several = len({row["organization"] for row in rows}) > 1
    told = [
        (
            *([cell(row["organization"])] if several else []),
            lines(row["name"] or _NOTHING[by], cell(row["detail"] or "", "dim")),
            f"{row['turns']:,}",
            f"{row['input_tokens'] or 0:,}",
            f"{row['cached_tokens'] or 0:,}",
            f"{(row['output_tokens'] or 0) + (row['thought_tokens'] or 0):,}",
            _cost(row),
        )
        for row in rows
    ]
    names = (*(["Organisation"] if several else []), _TITLES[by])
    titles = (*names, "Turns", "Input", "Cached", "Output", "Cost")
    show(titles, told, numbers=range(len(names), len(titles)), total=_total(rows, since, by))


def _cost(row: Row) -> str:
    if not row["unknown"]:
        return _money(row["cost"] or Decimal(0))
    return "unknown" if row["cost"] is None else f"{_money(row['cost'])} + {row['unknown']:,} unknown"


def _total(rows: list[Row], since: Since, by: By) -> str:
    cost, unknown = sum(row["cost"] or Decimal(0) for row in rows), sum(row["unknown"] for row in rows)
    when = f"since {since.day}" if since.day else f"in the last {counted(since.days, 'day')}"
    turns = "" if by == "tool" else f"{counted(sum(row['turns'] for row in rows), 'turn')}, "
    more = f", and {counted(unknown, 'turn')} of unknown cost" if unknown and by != "tool" else ""
    zones = {row["zone"] for row in rows}
    days = f" Days in {zones.pop()}." if len(zones) == 1 else " Days by each organisation's clock."
    return f"{turns}{_money(Decimal(cost))} {when}{more}.{days}"
