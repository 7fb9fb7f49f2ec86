-- How often the model was asked in a turn, and whether it had to be made to answer in words.
alter table public.messages
    add column if not exists steps integer check (steps >= 0),
    add column if not exists hit_limit boolean not null default false;
