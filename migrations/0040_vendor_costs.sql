-- What a vendor costs at an event, in its own currency (ISO 4217). Changes: event_vendors.

alter table public.event_vendors
    add column if not exists cost numeric(16, 4) check (cost >= 0),
    add column if not exists currency text check (currency ~ '^[A-Z]{3}$');
do $$
begin
    if not exists (select from pg_constraint where conname = 'event_vendors_cost_has_currency') then
        alter table public.event_vendors add constraint event_vendors_cost_has_currency
            check ((cost is null) = (currency is null));
    end if;
end $$;
