-- Saved criteria, evaluated whenever they are used.
create table segments (
  id bigint generated always as identity primary key,
  name text not null unique,
  -- Versioned criteria tree, see core/segments/criteria.ts.
  criteria jsonb not null,
  version int not null default 1,
  created_by text references users on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
