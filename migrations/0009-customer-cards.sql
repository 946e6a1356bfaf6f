-- Account customers and the people of a customer; merges that can be taken back.

/* An account customer pays later and others are attached to it by its code (X-S1). */
alter table parties drop constraint parties_nature_check;
alter table parties add constraint parties_nature_check check (nature in ('person', 'company', 'account'));

/* Who belongs to whom: the members of an account customer, the contacts of an organisation with what they do
   there. One relation for both: an account is an organisation whose members need no function. */
create table party_contacts (
  organisation_id bigint not null references parties on delete cascade,
  person_id bigint not null references parties on delete cascade,
  function text not null default '',
  position int not null default 0,
  primary key (organisation_id, person_id),
  check (organisation_id <> person_id)
);
create index party_contacts_person on party_contacts (person_id);

/* Each merge with what it takes to undo it: `before` is what both cards were, `moved` the ids of what went from
   one to the other. Both are emptied when the card that went is purged, since they hold personal data. */
create table party_merges (
  id bigint generated always as identity primary key,
  kept_id bigint not null references parties on delete cascade,
  lost_id bigint not null references parties on delete cascade,
  at timestamptz not null default now(),
  actor_name text not null,
  -- The nightly job that made it; null for a merge by hand.
  job_id bigint,
  -- Why the nightly job took them for one person.
  reason text not null default '' check (reason in ('', 'email', 'mobile')),
  before jsonb not null,
  moved jsonb not null,
  undone_at timestamptz,
  undone_by text not null default ''
);
create index party_merges_kept on party_merges (kept_id);
create index party_merges_lost on party_merges (lost_id);
create index party_merges_job on party_merges (job_id) where job_id is not null;
