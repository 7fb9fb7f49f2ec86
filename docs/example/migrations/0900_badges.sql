-- Which names are printed for an event.
create table if not exists public.badges (
    id uuid not null default app.new_id(),
    organization_id uuid not null default app.organization_id(),
    event_id uuid not null,
    name text not null,
    primary key (organization_id, id),
    foreign key (organization_id, event_id) references public.events (organization_id, id) on delete cascade
);
create index if not exists badges_event on public.badges (organization_id, event_id, name);
alter table public.badges enable row level security;
alter table public.badges force row level security;
revoke all on public.badges from public;

drop policy if exists members_read on public.badges;
create policy members_read on public.badges for select to authenticated
    using (organization_id = (select app.organization_id()));
drop policy if exists managers_insert on public.badges;
create policy managers_insert on public.badges for insert to authenticated
    with check (organization_id = (select app.organization_id()) and (select app.role()) in ('owner', 'manager'));
drop policy if exists managers_update on public.badges;
create policy managers_update on public.badges for update to authenticated
    using (organization_id = (select app.organization_id()) and (select app.role()) in ('owner', 'manager'))
    with check (organization_id = (select app.organization_id()) and (select app.role()) in ('owner', 'manager'));
drop policy if exists managers_delete on public.badges;
create policy managers_delete on public.badges for delete to authenticated
    using (organization_id = (select app.organization_id()) and (select app.role()) in ('owner', 'manager'));
grant select, insert, update, delete on public.badges to authenticated;

-- What proves at the end of a decision that its write stands here: the owner, looking as the person who decided.
do $$ begin
    drop policy if exists proof_reads on public.badges;
    execute format('create policy proof_reads on public.badges for select to %I '
                   'using (organization_id = (select app.organization_id()))', current_user);
end $$;
