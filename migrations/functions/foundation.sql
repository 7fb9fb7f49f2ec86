-- What every subject uses: keys of names, digests of facts, the ledger.

-- One key for names that people take for the same: "Hall B", " hall  b " and "HALL B".
-- Twin in Python: core.kernel.names.
create or replace function app.name_key(name text) returns text
    language sql immutable parallel safe set search_path = pg_catalog, pg_temp
    as $$
        select nullif(btrim(lower(regexp_replace(
            regexp_replace(normalize(name, NFKC), '[\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]', '', 'g'),
            '\s+', ' ', 'g'))), '')
    $$;

-- The keys of several names written in one field: "Dana Levi, Tom Harris".
create or replace function app.name_keys(names text) returns text[]
    language sql immutable parallel safe set search_path = pg_catalog, pg_temp
    as $$
        select coalesce(array_agg(key order by place), '{}')
        from regexp_split_to_table(names, '[,;&+]') with ordinality as part(name, place)
        cross join lateral (select app.name_key(part.name)) as keyed(key)
        where key is not null
    $$;

-- Row version and time of change; a suggestion is bound to the version it was shown with.
create or replace function app.touch_row() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
    as $$
begin
    new.row_version := old.row_version + 1;
    new.updated_at := now();
    return new;
end $$;

-- Refuse to go on when the facts of a decision are not those that were shown (SQLSTATE EF001).
create or replace function app.assert_unchanged(facts jsonb, shown_digest text) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
    as $$
begin
    if app.digest(facts) is distinct from shown_digest then
        raise exception 'the world moved since this was shown' using errcode = 'EF001';
    end if;
end $$;

create or replace function app.digest(facts jsonb) returns text
    language sql immutable parallel safe set search_path = pg_catalog, pg_temp
    as $$ select encode(sha256(convert_to(facts::text, 'UTF8')), 'hex') $$;

-- Refuse to go on when a write did not hit exactly one row: it was changed or removed a moment ago.
create or replace function app.assert_one(rows_hit bigint) returns void
    language plpgsql immutable set search_path = pg_catalog, pg_temp
    as $$
begin
    if rows_hit is distinct from 1 then
        raise exception 'the row moved since this was shown' using errcode = 'EF001';
    end if;
end $$;

-- What was applied, for the program's readiness check; the ledger itself belongs to the owner alone. plpgsql, because
-- who pastes these files by hand has no ledger.
create or replace function app.applied_migrations() returns table (name text, checksum text)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
begin
    return query select ledger.name, ledger.checksum from app.migrations as ledger;
end $$;
