-- Campaigns, their steps, who they select, what they say and whom they froze as targets.

create table campaigns (
  id bigint generated always as identity primary key,
  label text not null,
  -- Sales are analysed from this day on.
  send_on date,
  state text not null default 'preparing' check (state in ('preparing', 'in-progress', 'finished')),
  closed_at timestamptz,
  -- Results as they were when the campaign was closed, or as a legacy mailing brought them.
  frozen_results jsonb,
  -- Imported from an older program: people and results without a filter (P-1 to P-4).
  is_legacy boolean not null default false,
  import_id bigint,
  owner_id text references users on delete set null,
  notes text not null default '',
  -- Percent of the selection kept out to measure against, 0 for none.
  control_percent smallint not null default 0 check (control_percent between 0 and 50),
  version int not null default 1,
  created_by text references users on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index campaigns_list on campaigns (send_on desc, id desc) where deleted_at is null;

create table steps (
  id bigint generated always as identity primary key,
  campaign_id bigint not null references campaigns on delete cascade,
  parent_id bigint references steps on delete cascade,
  position int not null default 0,
  label text not null default '',
  state text not null default 'preparing'
    check (state in ('preparing', 'scheduled', 'running', 'paused', 'done', 'partly-failed', 'cancelled')),
  -- Ordered add and remove operations, see core/segments/selection.ts; null when not available (legacy).
  selection jsonb,
  launch_at timestamptz,
  launched_at timestamptz,
  launched_by text references users on delete set null,
  frozen_at timestamptz,
  finished_at timestamptz,
  version int not null default 1
);
create index steps_campaign on steps (campaign_id, position);

-- A message of a step as it is written: one per channel or variant, sent to every target it can reach.
create table contents (
  id bigint generated always as identity primary key,
  step_id bigint not null references steps on delete cascade,
  position int not null default 0,
  channel text not null check (channel in ('email', 'sms', 'file')),
  -- Per channel, see core/content/content.ts.
  body jsonb not null,
  -- Only to people whom no earlier message of the step can reach.
  only_unreached boolean not null default false,
  version int not null default 1
);
create index contents_step on contents (step_id, position);

-- The frozen audience of a step.
create table targets (
  step_id bigint not null references steps on delete cascade,
  party_id bigint not null,
  -- Kept out on purpose to compare with.
  is_control boolean not null default false,
  -- Why the person was left out of the step altogether, null when not.
  excluded_reason text,
  primary key (step_id, party_id)
);
create index targets_party on targets (party_id, step_id);
