"""Rows are found by organisation first: primary keys, foreign keys, and what the program asks as a role that sees all."""

import importlib
import json
import pkgutil
import re
from typing import Any

import psycopg
import pytest

import core
from migrations import schema
from migrations.apply import checksum, files, migrate
from tests.conftest import with_database
from tests.owner import owner_rows, owner_run

pytestmark = pytest.mark.db

TENANTS = """
select its_table.relname as name from pg_class as its_table
where its_table.relnamespace = 'public'::regnamespace and its_table.relkind = 'r'
  and coalesce(obj_description(its_table.oid, 'pg_class'), '') !~ '^(reference|local) table: '
"""
KEYS = """
select key.conrelid::regclass::text as name, key.contype::text as kind,
       array(select part.attname::text from unnest(key.conkey) with ordinality as place (number, at)
             join pg_attribute as part on part.attrelid = key.conrelid and part.attnum = place.number
             order by place.at) as columns,
       key.confrelid::regclass::text as target
from pg_constraint as key
join pg_class as its_table on its_table.oid = key.conrelid and its_table.relnamespace = 'public'::regnamespace
where key.contype in ('p', 'f')
"""
COLUMNS = """
select attrelid::regclass::text as name, array_agg(attname::text) as columns from pg_attribute
where attnum > 0 and not attisdropped and attrelid::regclass::text = any(%s) group by 1
"""


def test_every_table_of_an_organisation_is_keyed_by_it(owner_url: str) -> None:
    tenants = {row["name"] for row in owner_rows(owner_url, TENANTS)}
    columns = {row["name"]: set(row["columns"]) for row in owner_rows(owner_url, COLUMNS, [sorted(tenants)])}
    keys = {row["name"]: row["columns"] for row in owner_rows(owner_url, KEYS) if row["kind"] == "p"}
    assert "schedules" in tenants
    assert [name for name in sorted(tenants) if "organization_id" not in columns[name]] == []
    by_id = {name for name in tenants if "id" in columns[name]}
    assert {name: keys[name] for name in by_id} == dict.fromkeys(by_id, ["organization_id", "id"])
    assert {keys[name][0] for name in tenants - by_id} == {"organization_id"}


def test_every_reference_leads_with_the_organisation(owner_url: str) -> None:
    references = [row for row in owner_rows(owner_url, KEYS) if row["kind"] == "f"]
    assert [row for row in references if row["columns"][0] != "organization_id"] == []
    assert {row["target"] for row in references if len(row["columns"]) == 1} == {"organizations"}


def test_a_table_without_the_key_is_noticed(owner_url: str) -> None:
    owner_run(owner_url, "create table public.ideas (id uuid primary key, organization_id uuid not null)")
    with pytest.raises(AssertionError):
        test_every_table_of_an_organisation_is_keyed_by_it(owner_url)
