-- Files brought in: what each one is, how it is read, what became of it, and what it takes to take it back.

create table imports (
  id bigint generated always as identity primary key,
  state text not null default 'draft' check (state in (
    'draft', 'checking', 'checked', 'running', 'done', 'failed', 'stopped', 'undoing', 'undone')),
  kind text check (kind in ('customers', 'sales', 'list', 'mailings')),
  file_id uuid not null references files,
  file_name text not null,
  file_size bigint not null,
  -- SHA-256 of the bytes: the same file is recognised whatever its name.
  file_hash text not null,
  -- How the bytes become rows: format, encoding, separator, header line, columns. See core/imports/reading.ts.
  reading jsonb not null,
  -- Which column is what, and the rules chosen. See core/imports/plan.ts.
  plan jsonb,
  -- Counts of the dry run and of the run. See core/imports/import.ts.
  checked jsonb,
  counts jsonb,
  -- What could not be taken back, by reason.
  undo jsonb,
  -- Data rows whose chunk is committed; a run that died goes on from here.
  position bigint not null default 0,
  job_id bigint,
  -- Every run of this import: whose party_changes are its own.
  job_ids bigint[] not null default '{}',
  error_code text,
  error_message text,
  created_by text references users on delete set null,
  created_by_name text not null default '',
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);
create index imports_created on imports (id desc);
create index imports_hash on imports (file_hash);

-- The mapping and rules last used for files with these very headers.
create table import_profiles (
  kind text not null,
  signature text not null,
  plan jsonb not null,
  used_at timestamptz not null default now(),
  primary key (kind, signature)
);

create table import_rejects (
  id bigint generated always as identity primary key,
  import_id bigint not null references imports on delete cascade,
  line bigint not null,
  -- The header of the column as the file has it.
  "column" text not null,
  value text not null,
  reason text not null
);
create index import_rejects_import on import_rejects (import_id, line);

-- What a run made beside the rows that carry its id: stores, categories, articles, departments, tags.
create table import_made (
  import_id bigint not null references imports on delete cascade,
  what text not null check (what in ('store', 'category', 'article', 'department', 'tag')),
  id bigint not null,
  primary key (import_id, what, id)
);

create table import_tagged (
  import_id bigint not null references imports on delete cascade,
  party_id bigint not null,
  tag_id int not null,
  primary key (import_id, party_id, tag_id)
);

-- Sale lines as they were before a run changed them.
create table import_sale_befores (
  import_id bigint not null references imports on delete cascade,
  sale_id bigint not null,
  line_no int not null,
  before jsonb not null,
  primary key (import_id, sale_id, line_no)
);
