-- What a step's people were picked by, and the files they are brought in with.

/* Selections that were added to a step, kept so that a refresh can tell who would enter and who would leave (L-18).
   The same one is kept once (A-S6). `source` is in the form of core/targets/source.ts. */
create table step_selections (
  id bigint generated always as identity primary key,
  step_id bigint not null references steps on delete cascade,
  source jsonb not null,
  digest text not null generated always as (md5(source::text)) stored,
  -- The additions that it made: the first one, and one more with each refresh.
  batches bigint[] not null,
  added_at timestamptz not null,
  added_by text not null default '',
  refreshed_at timestamptz,
  unique (step_id, digest)
);

/* Files of codes between their check and their confirmation (D-94 to D-99). The bytes are not kept. */
create table target_files (
  id uuid primary key,
  step_id bigint not null references steps on delete cascade,
  name text not null,
  header_line int not null,
  ignored text[] not null default '{}',
  checked_at timestamptz not null
);
create index target_files_step on target_files (step_id);
create table target_file_rows (
  file_id uuid not null references target_files on delete cascade,
  line int not null,
  -- As they stand in the file.
  fiche text not null,
  tiers text not null,
  contact text not null,
  party_id bigint,
  organisation_id bigint,
  -- Why the line brings nobody; empty when it does. See core/targets/file.ts.
  reason text not null default '',
  primary key (file_id, line)
);

create index targets_unlinked on targets (step_id) where not is_linked;
