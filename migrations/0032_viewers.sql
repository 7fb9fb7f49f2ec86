-- Viewers read nothing that is noted about people and no way to reach them: rows that hold such things are closed to them,
-- and functions/outlines.sql tells what is left. In the log that is any row: arguments, impact and people's own words
-- repeat what the change was about.
do $$
declare
    holding text;
begin
    foreach holding in array array['participants', 'vendors', 'event_vendors', 'ai_insights_log', 'ai_insights_history'] loop
        execute format('drop policy if exists members_read on public.%I', holding);
        execute format('create policy members_read on public.%I for select to authenticated '
                       'using (organization_id = (select app.organization_id()) and (select app.role()) <> ''viewer'')',
                       holding);
    end loop;
end $$;
