-- Loyalty cards: their types and the figures a card counts, and the saved views of the customer list.

create table card_types (
  id int generated always as identity primary key,
  label text not null unique,
  -- What the amounts on cards of this type are in.
  currency char(3) not null default 'EUR'
);

/* A card has one type and so one currency: its amounts are never in two, and never added across two.
   Null figures are a customer without a card, or one nobody counted for. */
alter table parties
  add column card_type_id int references card_types,
  add column loyalty_items numeric,
  add column loyalty_points numeric,
  add column loyalty_visits numeric,
  add column loyalty_sales bigint,
  add column loyalty_gift bigint,
  add column loyalty_bonus numeric,
  add column loyalty_currency char(3) not null default 'EUR';
create index parties_card_type on parties (card_type_id, id)
  where deleted_at is null and card_type_id is not null;

alter table import_made drop constraint import_made_what_check,
  add constraint import_made_what_check
    check (what in ('store', 'category', 'card-type', 'article', 'department', 'tag'));

-- Columns, filters and order of a list under a name: its owner's, or everybody's.
create table list_views (
  id bigint generated always as identity primary key,
  name text not null,
  owner_id text not null references users on delete cascade,
  is_shared boolean not null default false,
  state jsonb not null,
  updated_at timestamptz not null default now(),
  unique (owner_id, name)
);
