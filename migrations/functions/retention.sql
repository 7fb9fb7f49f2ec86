-- How long what is not the log is kept, and the one way in which it goes. The log and its chain are never touched.

-- The periods of an organisation, in days; of what belongs to none, where null is asked for.
create or replace function app.retention_days(of_organization uuid) returns table (what text, days integer)
    language sql stable set search_path = pg_catalog, pg_temp
    as $$
        select standard.what, coalesce(kept.days, standard.days)
        from (values ('messages', 365), ('deliveries', 30), ('cards', 90), ('copies', 365), ('runs', 730), ('jobs', 30),
                     ('codes', 30)) as standard (what, days)
        left join public.retention_periods as kept
            on kept.organization_id = of_organization and kept.what = standard.what
    $$;

-- Whose organisation a chat user belongs to, or belonged to last; else whoever claims the workspace; null: nobody's.
create or replace function app.organization_of_chat(of_platform text, of_workspace text, of_user text) returns uuid
    language sql stable set search_path = pg_catalog, pg_temp
    as $$
        select coalesce(
            (select link.organization_id from public.chat_identities as link
             where link.platform = of_platform and link.workspace = of_workspace and link.platform_user = of_user
             order by link.revoked_at is null desc, link.linked_at desc limit 1),
            (select claimed.organization_id from public.workspaces as claimed
             where claimed.platform = of_platform and claimed.workspace = of_workspace limit 1))
    $$;

-- Whose organisation a job worked for; null: nobody's, such as what the queue does every minute.
create or replace function app.organization_of_job(job_args jsonb) returns uuid
    language sql stable set search_path = pg_catalog, pg_temp
    as $$
        select coalesce(
            app.organization_of_copy(job_args),
            (select app.organization_of_chat(event.platform, event.workspace, event.sender)
             from public.inbound_events as event where event.id = (job_args ->> 'inbound_id')::uuid),
            (select talk.organization_id from public.conversations as talk
             where talk.platform = job_args -> 'address' ->> 'platform'
               and talk.workspace = job_args -> 'address' ->> 'workspace'
               and talk.channel = job_args -> 'address' ->> 'channel' limit 1),
            app.organization_of_chat(job_args -> 'address' ->> 'platform', job_args -> 'address' ->> 'workspace',
                                     job_args -> 'address' ->> 'channel'))
    $$;

-- Take out of one table what is older than its organisation keeps it, at most so many rows, and say of whom how many;
-- is_dry counts all of it and takes out nothing. SECURITY DEFINER because nobody else may delete what people said; it
-- goes by the kept periods alone, and returns counts.
create or replace function app.sweep(from_table text, most bigint, is_dry boolean, only_organization uuid default null)
    returns table (organization_id uuid, swept bigint)
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
    as $$
declare
    whose constant text := 'it.organization_id';
    -- What waits has its end before it.
    ended_at constant text := '(select coalesce(entry.decided_at, entry.deadline, entry.created_at) '
        'from public.ai_insights_log as entry '
        'where entry.organization_id = it.organization_id and entry.id = it.suggestion_id)';
    rule record;
    standard integer;
    shortest integer;
begin
    select * into rule from (values
        ('messages', 'public.messages', 'messages', whose, 'it.created_at', 'true'),
        ('conversations', 'public.conversations', 'messages', whose, 'it.last_message_at', 'true'),
        -- What still waits for a worker is handled first, however long that takes.
        ('inbound_events', 'public.inbound_events', 'deliveries',
         'app.organization_of_chat(it.platform, it.workspace, it.sender)', 'it.received_at',
         'it.id <> all (array(select (job.args ->> ''inbound_id'')::uuid from procrastinate.procrastinate_jobs as job '
         'where job.task_name = ''handle_event'' and job.status in (''todo'', ''doing'')))'),
        ('jobs', 'procrastinate.procrastinate_jobs', 'jobs', 'app.organization_of_job(it.args)',
         '(select max(step.at) from procrastinate.procrastinate_events as step where step.job_id = it.id)',
         'it.status in (''succeeded'', ''failed'', ''cancelled'', ''aborted'')'),
        ('card_questions', 'public.card_questions', 'cards', whose, 'it.asked_at', 'true'),
        ('acknowledgements', 'public.acknowledgements', 'cards', whose, ended_at, 'true'),
        ('suggestion_pictures', 'public.suggestion_pictures', 'cards', whose, ended_at, 'true'),
        ('suggestion_reminders', 'public.suggestion_reminders', 'cards', whose, ended_at, 'true'),
        -- A card that waits, or runs, has all its copies, however long that takes.
        ('card_copies', 'public.card_copies', 'copies', whose, ended_at,
         'exists (select from public.ai_insights_log as entry '
         'where entry.organization_id = it.organization_id and entry.id = it.suggestion_id '
         'and entry.execution_status not in (''suggested'', ''approved''))'),
        -- By its beginning, as costs and statistics count it.
        ('ai_runs', 'public.ai_runs', 'runs', whose, 'it.created_at', 'it.completed_at is not null'),
        ('link_tokens', 'public.link_tokens', 'codes', whose, 'coalesce(it.used_at, it.expires_at)', 'true'),
        ('invitations', 'public.invitations', 'codes',
         'app.organization_of_chat(it.platform, it.workspace, it.platform_user)', 'it.invited_at', 'true'))
        as each (name, swept_table, what, owner, at, condition)
    where each.name = from_table;
    if not found then
        raise exception 'nothing is swept out of %', from_table using errcode = 'invalid_parameter_value';
    end if;
    select period.days into standard from app.retention_days(null) as period where period.what = rule.what;
    select least(standard, min(kept.days)) into shortest from public.retention_periods as kept where kept.what = rule.what;
    return query execute format(
        'with outdated as materialized ('
        '    select aged.place, aged.owner from ('
        '        select it.ctid as place, %1$s as owner, %2$s as at from %3$s as it'
        '        where %2$s < now() - make_interval(days => $1) and %4$s) as aged'
        '    where aged.at < now() - make_interval(days => coalesce('
        '        (select kept.days from public.retention_periods as kept'
        '         where kept.organization_id = aged.owner and kept.what = $2), $3))'
        '      and ($4 is null or aged.owner = $4)'
        '    limit $5)'
        || case when is_dry then ', gone as (select owner from outdated)'
                else ', gone as (delete from %3$s as it using outdated where it.ctid = outdated.place '
                     'returning outdated.owner)' end
        || ' select owner, count(*) from gone group by owner',
        rule.owner, rule.at, rule.swept_table, rule.condition)
    using shortest, rule.what, standard, only_organization, case when is_dry then null else most end;
end $$;

revoke execute on function app.retention_days(uuid), app.organization_of_chat(text, text, text),
    app.organization_of_job(jsonb), app.sweep(text, bigint, boolean, uuid) from public;
grant execute on function app.retention_days(uuid) to eventflow_operator;
grant execute on function app.sweep(text, bigint, boolean, uuid) to eventflow_system;
