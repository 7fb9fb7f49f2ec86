"""Every foreign key has an index that leads with its columns: what it points at can go without a look at every row."""

import pytest

from tests.owner import owner_rows

pytestmark = pytest.mark.db

BARE = """
select key.conrelid::regclass::text as of_table, key.conname as name,
       (select array_agg(column_of.attname::text order by place)
        from unnest(key.conkey) with ordinality as part (number, place)
        join pg_attribute as column_of
          on column_of.attrelid = key.conrelid and column_of.attnum = part.number) as columns
from pg_constraint as key
where key.contype = 'f' and key.connamespace = 'public'::regnamespace
  and not exists (
      select from pg_index as known
      where known.indrelid = key.conrelid
        and (select array_agg(number order by number)
             from unnest((known.indkey::smallint[])[0:cardinality(key.conkey) - 1])
             as number) = (select array_agg(number order by number) from unnest(key.conkey) as number))
order by 1, 2
"""


def test_every_foreign_key_has_its_index(owner_url: str) -> None:
    assert owner_rows(owner_url, BARE) == []
