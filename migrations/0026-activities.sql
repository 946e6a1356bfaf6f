-- Activities that steps make, what was sent with them, and bulk work that can be taken back.

alter table activities
  /* The target that a step made it for, 0 when it stands for all of them; null when a person wrote it. A number and
     no reference: it says once and for all that this one was made, whatever cards are merged or purged later. */
  add column generated_for bigint;
create unique index activities_generated on activities (step_id, generated_for) where generated_for is not null;
create index activities_starts on activities (starts_at desc, id desc);
create index activities_cause on activities (cause_id) where cause_id is not null;
create index activities_campaign on activities (campaign_id, starts_at desc) where campaign_id is not null;

-- The message as it left, byte for byte; written in the transaction that notes that it was submitted.
create table message_copies (
  message_id bigint primary key references messages on delete cascade,
  name text not null,
  eml bytea not null,
  -- Made anew later from the ledger, for a message that was sent before copies were kept.
  is_rebuilt boolean not null default false
);

-- What a bulk job changed on each activity, so that it can be taken back.
create table activity_changes (
  job_id bigint not null,
  activity_id bigint not null references activities on delete cascade,
  before jsonb not null,
  after jsonb not null,
  primary key (job_id, activity_id)
);
