-- Second of three: the new foreign keys are checked against every row, while everybody reads and writes.
do $$
declare
    unchecked record;
begin
    for unchecked in select key.conrelid::regclass as of_table, key.conname from pg_constraint as key
                     where key.contype = 'f' and key.conname like 'rekeyed\_%' and not key.convalidated loop
        execute format('alter table %s validate constraint %I', unchecked.of_table, unchecked.conname);
    end loop;
end $$;
