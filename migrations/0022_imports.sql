-- What a file calls its conference, rooms and sessions besides their names, so that the next version is recognised.

-- Where the schedule is published: two conferences of one acronym have two addresses.
alter table public.events add column if not exists source_address text;
-- A room's id in its file outlives its name. in_file: null for rooms that people made, false once the file has it no more.
alter table public.rooms add column if not exists source_id text;
alter table public.rooms add column if not exists in_file boolean;
-- What the planning tool calls the submission, whose sessions may get other ids.
alter table public.schedules add column if not exists source_code text;
