-- Launching the steps of an operation: again and again, for everybody or for some.

-- Whom the launch under way is for (with their contacts); everybody who is still to do when null.
alter table deliveries add column party_ids bigint[];

-- A step that exports is launched more than once: each launch leaves a file.
alter table delivery_files
  add column made_at timestamptz not null default now(),
  drop constraint delivery_files_pkey,
  add primary key (content_id, file_id);
