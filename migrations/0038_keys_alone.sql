-- Third of three: the new foreign keys take the names of those before them, and the second indexes of the same key go.
do $$
declare
    successor record;
    twin record;
begin
    for successor in select key.conrelid::regclass as of_table, key.conname, former.conname as name
                     from pg_constraint as key
                     join pg_constraint as former on former.oid = substr(key.conname, length('rekeyed_') + 1)::oid
                     where key.contype = 'f' and key.conname like 'rekeyed\_%' loop
        execute format('alter table %s drop constraint %I', successor.of_table, successor.name);
        execute format('alter table %s rename constraint %I to %I', successor.of_table, successor.conname, successor.name);
    end loop;
    for twin in select key.conrelid::regclass as of_table, key.conname from pg_constraint as key
                join pg_class as its_table on its_table.oid = key.conrelid
                join pg_constraint as whole on whole.conrelid = key.conrelid and whole.contype = 'p'
                 and whole.conkey = key.conkey
                where key.contype = 'u' and its_table.relnamespace = 'public'::regnamespace
                  and key.conname = its_table.relname || '_organization_id_id_key' loop
        execute format('alter table %s drop constraint %I', twin.of_table, twin.conname);
    end loop;
end $$;
