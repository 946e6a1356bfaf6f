-- Long work that the user can watch: one row per job, claimed with a lease, resumed after a crash.
create table jobs (
  id bigint generated always as identity primary key,
  kind text not null,
  payload jsonb not null default '{}',
  -- What the user is told it is about, already a name and never a sentence: a file, a campaign.
  subject text not null default '',
  state text not null default 'queued'
    check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  cancel_requested boolean not null default false,
  unique_key text,
  run_at timestamptz not null default now(),
  attempts int not null default 0,
  done_count bigint not null default 0,
  total_count bigint,
  result jsonb,
  error_code text,
  error_message text,
  created_by text references users on delete set null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  lease_until timestamptz,
  worker text
);
create index jobs_due on jobs (run_at) where state in ('queued', 'running');
create unique index jobs_unique_key on jobs (kind, unique_key) where state in ('queued', 'running');
create index jobs_created on jobs (created_by, created_at desc);

-- Uploaded and produced files; the bytes are in DATA_DIR/files under the id.
create table files (
  id uuid primary key,
  name text not null,
  media_type text not null,
  size bigint not null,
  -- The right it takes to fetch it; its maker always may.
  needs text not null,
  created_by text references users on delete set null,
  created_at timestamptz not null default now(),
  expires_at timestamptz
);
