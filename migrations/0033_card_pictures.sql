-- Which picture stands beside a copy of a card, and of which suggestion it is: one that is of another one goes.
-- Changes: card_copies.

alter table public.card_copies add column if not exists picture text;
comment on column public.card_copies.picture is 'What the platform calls the picture: a message in Telegram, a file in Slack.';
alter table public.card_copies add column if not exists picture_of uuid;
grant update (picture, picture_of) on public.card_copies to eventflow_system;
