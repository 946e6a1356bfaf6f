-- Activities in criteria, files on the customer card, and views of lists that people save.

-- Criteria ask for types within a period, of everybody at once.
create index activities_type on activities (type_id, starts_at) include (state, party_id, contact_id, campaign_id);

create table party_files (
  id bigint generated always as identity primary key,
  party_id bigint not null references parties on delete cascade,
  file_id uuid not null unique references files on delete restrict,
  name text not null,
  author_name text not null,
  at timestamptz not null default now()
);
create index party_files_party on party_files (party_id, at desc);

-- What a list showed, under a name: its owner's own, or everybody's.
create table saved_views (
  id int generated always as identity primary key,
  list text not null check (list in ('activities', 'customers')),
  name text not null,
  -- A shared view stays when its owner leaves.
  owner_id text references users on delete set null,
  is_shared boolean not null default false,
  state jsonb not null,
  updated_at timestamptz not null default now()
);
create unique index saved_views_name on saved_views (list, owner_id, fold(name));

-- The image of a type (D-S1) is the name of an icon; its colour beside it.
alter table activity_types add column color text not null default '';
