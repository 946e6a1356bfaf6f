-- Marketing operations: a campaign of several steps, the tree it lives in, and the tables that the
-- administrator extends.

-- Who holds a key sees what is kept under it; no key, no secret.
create table confidentiality_keys (
  id int generated always as identity primary key,
  label text not null unique,
  position int not null default 0
);
create table confidentiality_grants (
  key_id int not null references confidentiality_keys on delete cascade,
  user_id text references users on delete cascade,
  group_id bigint references user_groups on delete cascade,
  check ((user_id is null) <> (group_id is null)),
  unique nulls not distinct (key_id, user_id, group_id)
);
create index confidentiality_grants_user on confidentiality_grants (user_id);
create index confidentiality_grants_group on confidentiality_grants (group_id);

-- Titles and sub-titles of the tree (lines that are not "final"); the operations hang below them.
create table campaign_folders (
  id bigint generated always as identity primary key,
  parent_id bigint references campaign_folders on delete restrict,
  code text not null default '',
  label text not null,
  position int not null default 0,
  version int not null default 1
);
create index campaign_folders_parent on campaign_folders (parent_id, position);

create table campaign_families (
  id int generated always as identity primary key,
  label text not null unique,
  key_id int references confidentiality_keys on delete restrict,
  position int not null default 0
);

-- States are words of the house; `meaning` is what the program understands by them.
create table entity_states (
  entity text not null check (entity in ('operation', 'operation-type', 'step', 'target')),
  code text not null check (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  label_fr text not null,
  label_en text not null,
  meaning text not null,
  position int not null default 0,
  is_builtin boolean not null default false,
  is_active boolean not null default true,
  primary key (entity, code),
  check (case entity
    when 'operation-type' then meaning in ('active', 'retired')
    when 'target' then meaning in ('to-do', 'ok-continue', 'not-done-continue', 'ok-stop', 'not-done-stop')
    else meaning in ('preparing', 'in-progress', 'finished') end)
);
insert into entity_states (entity, code, label_fr, label_en, meaning, position, is_builtin) values
  ('operation', 'preparing', 'En préparation', 'In preparation', 'preparing', 1, true),
  ('operation', 'in-progress', 'En cours', 'In progress', 'in-progress', 2, true),
  ('operation', 'finished', 'Terminée', 'Finished', 'finished', 3, true),
  ('operation-type', 'active', 'Actif', 'Active', 'active', 1, true),
  ('operation-type', 'retired', 'Retiré', 'Retired', 'retired', 2, true),
  ('step', 'preparing', 'En préparation', 'In preparation', 'preparing', 1, true),
  ('step', 'in-progress', 'En cours', 'In progress', 'in-progress', 2, true),
  ('step', 'finished', 'Terminée', 'Finished', 'finished', 3, true),
  ('target', 'to-do', 'À traiter', 'To do', 'to-do', 1, true),
  ('target', 'ok-continue', 'OK, on continue', 'OK, go on', 'ok-continue', 2, true),
  ('target', 'not-done-continue', 'Pas traité, on continue', 'Not done, go on', 'not-done-continue', 3, true),
  ('target', 'ok-stop', 'OK, on arrête', 'OK, stop', 'ok-stop', 4, true),
  ('target', 'not-done-stop', 'Pas traité, on arrête', 'Not done, stop', 'not-done-stop', 5, true);

create table campaign_types (
  id int generated always as identity primary key,
  label_fr text not null,
  label_en text not null,
  -- Of entity_states, entity 'operation-type'.
  state_code text not null default 'active',
  position int not null default 0
);

-- What a kind of step does and which of its fields are unused, optional or mandatory (D-108).
create table step_types (
  code text primary key check (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  label_fr text not null,
  label_en text not null,
  channel text not null
    check (channel in ('phoning', 'phoning-contact', 'email', 'mass-email', 'sms', 'export', 'other')),
  -- {period, completion, activity, questionnaire, item, document, attachment}: 'unused' | 'optional' | 'mandatory'.
  fields jsonb not null default '{}',
  -- The sending profile its steps begin with; the default relay of the channel when null.
  relay_id int references relays on delete set null,
  position int not null default 0,
  is_builtin boolean not null default false,
  is_active boolean not null default true
);
insert into step_types (code, label_fr, label_en, channel, position, is_builtin, fields) values
  ('phoning', 'Phoning', 'Phoning', 'phoning', 1, true,
    '{"period":"optional","completion":"optional","activity":"optional","questionnaire":"mandatory","item":"unused","document":"unused","attachment":"unused"}'),
  ('phoning-contact', 'Phoning contact', 'Phoning of contacts', 'phoning-contact', 2, true,
    '{"period":"optional","completion":"optional","activity":"optional","questionnaire":"mandatory","item":"unused","document":"unused","attachment":"unused"}'),
  ('email', 'E-mailing', 'E-mailing', 'email', 3, true,
    '{"period":"optional","completion":"optional","activity":"optional","questionnaire":"unused","item":"unused","document":"optional","attachment":"optional"}'),
  ('mass-email', 'E-mailing de masse', 'Mass e-mailing', 'mass-email', 4, true,
    '{"period":"optional","completion":"optional","activity":"optional","questionnaire":"unused","item":"unused","document":"optional","attachment":"optional"}'),
  ('sms', 'SMS', 'SMS', 'sms', 5, true,
    '{"period":"optional","completion":"optional","activity":"optional","questionnaire":"unused","item":"unused","document":"unused","attachment":"unused"}'),
  ('export', 'Export tableur', 'Spreadsheet export', 'export', 6, true,
    '{"period":"optional","completion":"optional","activity":"optional","questionnaire":"unused","item":"unused","document":"unused","attachment":"unused"}'),
  ('other', 'Autre', 'Other', 'other', 7, true,
    '{"period":"optional","completion":"optional","activity":"optional","questionnaire":"optional","item":"optional","document":"optional","attachment":"optional"}');

-- Questions are a catalogue of their own: an answer belongs to a person and a question, not to a form.
create table questions (
  id bigint generated always as identity primary key,
  code text not null unique check (code ~ '^[A-Za-z][A-Za-z0-9_]{0,39}$'),
  kind text not null check (kind in ('yes-no', 'choice', 'choices', 'number', 'date', 'text')),
  label text not null,
  help text not null default '',
  -- For choice and choices: [{code, label}].
  choices jsonb not null default '[]',
  is_active boolean not null default true,
  version int not null default 1
);
create table questionnaires (
  id bigint generated always as identity primary key,
  code text not null unique,
  label text not null,
  description text not null default '',
  is_active boolean not null default true,
  version int not null default 1
);
create table questionnaire_items (
  questionnaire_id bigint not null references questionnaires on delete cascade,
  question_id bigint not null references questions on delete restrict,
  position int not null,
  is_required boolean not null default false,
  -- When the question is asked: tests of earlier answers, see core/questionnaires; null for always.
  show_if jsonb,
  primary key (questionnaire_id, question_id)
);
-- Append-only: the current answer and those before it.
create table answers (
  id bigint generated always as identity primary key,
  question_id bigint not null references questions on delete restrict,
  -- Who answered: a party, or a contact, who is a party too and then answered for an organisation.
  party_id bigint not null references parties on delete cascade,
  organisation_id bigint references parties on delete cascade,
  step_id bigint references steps on delete set null,
  questionnaire_id bigint references questionnaires on delete set null,
  -- yes-no: boolean; choice: code; choices: [codes]; number; date: 'YYYY-MM-DD'; text. Null takes an answer back.
  value jsonb,
  is_current boolean not null default true,
  answered_at timestamptz not null default now(),
  answered_by text references users on delete set null,
  actor_name text not null default ''
);
create unique index answers_current on answers (question_id, party_id) where is_current;
create index answers_organisation on answers (organisation_id, question_id) where is_current and organisation_id is not null;
create index answers_party on answers (party_id, answered_at desc);

-- Activities: dated lines of a person's history that people complete.
create table activity_families (
  id int generated always as identity primary key,
  label text not null unique,
  key_id int references confidentiality_keys on delete restrict,
  position int not null default 0
);
create table activity_types (
  id int generated always as identity primary key,
  code text not null unique,
  label_fr text not null,
  label_en text not null,
  kind text not null check (kind in ('task', 'appointment', 'note', 'call', 'outgoing-mail')),
  family_id int references activity_families on delete restrict,
  key_id int references confidentiality_keys on delete restrict,
  -- {end, priority, source, cause, place, result}: 'unused' | 'optional' | 'mandatory'.
  fields jsonb not null default '{}',
  -- Custom fields of its own: [{key, labelFr, labelEn, type, options}].
  custom_fields jsonb not null default '[]',
  -- Numbering: the prefix and the last number used; no numbering when null.
  number_prefix text,
  last_number bigint not null default 0,
  default_owner_id text references users on delete set null,
  -- May campaigns generate it (A-S14).
  in_campaigns boolean not null default true,
  icon text not null default '',
  position int not null default 0,
  is_active boolean not null default true
);
insert into activity_types (code, label_fr, label_en, kind, position) values
  ('task', 'Tâche', 'Task', 'task', 1),
  ('appointment', 'Rendez-vous', 'Appointment', 'appointment', 2),
  ('call', 'Appel', 'Call', 'call', 3),
  ('note', 'Note', 'Note', 'note', 4),
  ('outgoing-mail', 'Courrier sortant', 'Outgoing mail', 'outgoing-mail', 5);

-- The operation's header.
alter table campaigns
  add column form text not null default 'mailing' check (form in ('mailing', 'operation')),
  add column code text not null default '',
  add column folder_id bigint references campaign_folders on delete restrict,
  add column position int not null default 0,
  add column type_id int references campaign_types on delete restrict,
  add column family_id int references campaign_families on delete restrict,
  add column key_id int references confidentiality_keys on delete restrict,
  -- Of entity_states, entity 'operation'; `state` is its meaning.
  add column state_code text not null default 'preparing',
  -- Informative; what happens when a step is launched outside them is the user's choice (L-7).
  add column starts_at timestamptz,
  add column ends_at timestamptz,
  add column outside_dates text not null default 'inform' check (outside_dates in ('inform', 'warn', 'block')),
  -- Kinds of party that may be targeted; all when empty.
  add column kinds text[] not null default '{}',
  add column place text not null default '',
  add column objective text not null default '',
  -- Percent typed by hand; computed from the targets when null (L-8).
  add column progress smallint check (progress between 0 and 100),
  add column is_template boolean not null default false,
  -- The sort of the people's table, kept per operation (D-102).
  add column target_sort text not null default 'code',
  add column target_direction text not null default 'asc' check (target_direction in ('asc', 'desc'));
update campaigns set state_code = state;
create index campaigns_folder on campaigns (folder_id, position) where deleted_at is null;
create index campaigns_family on campaigns (family_id) where deleted_at is null;

-- Fixed costs of a campaign, entered once (A-3).
create table campaign_costs (
  id bigint generated always as identity primary key,
  campaign_id bigint not null references campaigns on delete cascade,
  label text not null,
  amount bigint not null,
  currency char(3) not null,
  position int not null default 0
);
create index campaign_costs_campaign on campaign_costs (campaign_id, position);

-- parent_id groups steps under titles; origin_id is where a step's people come from.
alter table steps
  add column code text not null default '',
  add column is_final boolean not null default true,
  add column type_code text not null default 'email' references step_types,
  add column status_code text not null default 'preparing',
  add column origin_id bigint references steps on delete set null,
  -- Over the codes of its conditions; all of them when empty.
  add column formula text not null default '',
  add column delay_minutes int not null default 0 check (delay_minutes >= 0),
  add column distribution text not null default 'by-hand'
    check (distribution in ('by-hand', 'after-launch', 'scheduled')),
  add column starts_at timestamptz,
  add column ends_at timestamptz,
  add column done_at timestamptz,
  -- What people are given once the step is launched for them; of entity_states, entity 'target'.
  add column final_status text not null default 'ok-continue',
  -- Whether parties themselves are reached, or their contacts with one of these functions (all when empty).
  add column audience text not null default 'parties' check (audience in ('parties', 'contacts')),
  add column contact_functions text[] not null default '{}',
  -- Leaves out who was in another step of the campaign already (A-S9).
  add column skips_contacted boolean not null default false,
  add column activity_type_id int references activity_types on delete restrict,
  add column activity_per text not null default 'contact' check (activity_per in ('party', 'contact', 'step')),
  add column activity_subject text not null default '',
  add column activity_text text not null default '',
  add column activity_owner_id text references users on delete set null,
  add column activity_is_done boolean not null default false,
  add column activity_due_days int not null default 0,
  add column attaches_message boolean not null default true,
  add column questionnaire_id bigint references questionnaires on delete restrict,
  add column question_id bigint references questions on delete restrict,
  add column relay_id int references relays on delete restrict,
  add column script text not null default '',
  add column document_id uuid references files on delete restrict,
  add column is_template boolean not null default false;
create index steps_origin on steps (origin_id) where origin_id is not null;
create table step_attachments (
  step_id bigint not null references steps on delete cascade,
  file_id uuid not null references files on delete restrict,
  name text not null,
  position int not null default 0,
  primary key (step_id, file_id)
);

-- What a person must meet to enter a step; the formula combines them by their codes.
create table conditions (
  id bigint generated always as identity primary key,
  step_id bigint not null references steps on delete cascade,
  code text not null,
  -- See core/routing/condition.ts.
  test jsonb not null,
  position int not null default 0
);
create unique index conditions_code on conditions (step_id, lower(code));

alter table targets
  -- Of entity_states, entity 'target'.
  add column status text not null default 'to-do',
  add column status_at timestamptz,
  add column status_by text,
  -- The step that the person came from.
  add column origin_step_id bigint,
  add column entered_at timestamptz not null default now(),
  -- Not to be reached before, for steps with a delay.
  add column available_at timestamptz not null default now(),
  -- Taken out by hand, and back in (A-S12).
  add column is_linked boolean not null default true,
  -- An organisation that is reached through its contacts, which are targets too with organisation_id.
  add column via_contacts boolean not null default false,
  add column organisation_id bigint,
  -- How often the questionnaire was opened without a result (D-78).
  add column calls int not null default 0,
  add column callback_at timestamptz,
  -- The agent who has the person on the line, until when.
  add column leased_by text,
  add column leased_until timestamptz,
  -- The addition that brought the person in: the newest stay selected on screen (D-100).
  add column batch bigint;
create sequence target_batches;
create index targets_status on targets (step_id, status);
create index targets_organisation on targets (organisation_id, step_id) where organisation_id is not null;
create index targets_callback on targets (step_id, callback_at) where callback_at is not null;

create table activities (
  id bigint generated always as identity primary key,
  type_id int not null references activity_types on delete restrict,
  number text not null default '',
  state text not null default 'open' check (state in ('open', 'done', 'cancelled')),
  subject text not null,
  text text not null default '',
  -- Not mandatory (D-S2); the contact is a party of its own.
  party_id bigint references parties on delete cascade,
  contact_id bigint references parties on delete set null,
  owner_id text references users on delete set null,
  starts_at timestamptz not null,
  ends_at timestamptz,
  done_at timestamptz,
  place text not null default '',
  priority smallint not null default 0 check (priority between 0 and 3),
  source text not null default '',
  result text not null default '',
  cause_id bigint references activities on delete set null,
  campaign_id bigint references campaigns on delete set null,
  step_id bigint references steps on delete set null,
  message_id bigint references messages on delete set null,
  custom jsonb not null default '{}',
  version int not null default 1,
  created_by text references users on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index activities_party on activities (party_id, starts_at desc);
create index activities_contact on activities (contact_id, starts_at desc) where contact_id is not null;
create index activities_owner on activities (owner_id, starts_at) where state = 'open';
create index activities_step on activities (step_id, state) where step_id is not null;
create unique index activities_message on activities (message_id) where message_id is not null;
create table activity_files (
  activity_id bigint not null references activities on delete cascade,
  file_id uuid not null references files on delete restrict,
  name text not null,
  primary key (activity_id, file_id)
);

-- Each call that was made: the figures, and the law's count of solicitations.
create table call_attempts (
  id bigint generated always as identity primary key,
  step_id bigint references steps on delete set null,
  party_id bigint not null references parties on delete cascade,
  user_id text references users on delete set null,
  number text not null default '',
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  -- The target's status after it; null while the call lasts.
  status text,
  refused boolean not null default false,
  note text not null default ''
);
create index call_attempts_party on call_attempts (party_id, started_at desc);
create index call_attempts_step on call_attempts (step_id, started_at);
create index call_attempts_user on call_attempts (user_id, started_at);

-- Numbers that must not be called, from the house's own list or imported ones, in E.164.
create table do_not_call_lists (
  id int generated always as identity primary key,
  label text not null unique,
  created_at timestamptz not null default now()
);
create table do_not_call_numbers (
  number text not null,
  list_id int not null references do_not_call_lists on delete cascade,
  added_at timestamptz not null default now(),
  primary key (number, list_id)
);

-- What came back of a message beside its delivery.
create table message_events (
  id bigint generated always as identity primary key,
  message_id bigint not null references messages on delete cascade,
  kind text not null check (kind in ('opened', 'clicked')),
  at timestamptz not null default now(),
  url text not null default '',
  -- Within seconds of the delivery or by a known scanner: not a person's doing.
  by_machine boolean not null default false
);
create index message_events_message on message_events (message_id, kind);
