-- The outbox and the delivery ledger: one row per content and person, from launch to the last answer.

create table messages (
  id bigint generated always as identity primary key,
  content_id bigint not null references contents,
  step_id bigint not null,
  party_id bigint not null,
  channel text not null,
  address text not null default '',
  /* pending -> in-flight -> submitted | refused | pending again (deferred) | unknown (the process died);
     excluded rows were never to be sent and say why. */
  state text not null default 'pending'
    check (state in ('excluded', 'pending', 'in-flight', 'submitted', 'refused', 'unknown', 'cancelled')),
  reason text,
  attempts smallint not null default 0,
  due_at timestamptz not null default now(),
  worker text,
  claimed_at timestamptz,
  submitted_at timestamptz,
  -- The relay's last answer, as it gave it.
  answer text,
  -- Delivered, bounced, complained: what came back later.
  feedback text,
  feedback_at timestamptz,
  unique (content_id, party_id)
);
create index messages_due on messages (step_id, channel, due_at, id) where state = 'pending';
create index messages_in_flight on messages (worker) where state = 'in-flight';
create index messages_party on messages (party_id, id desc);
create index messages_step on messages (step_id, state);

-- What a run knows beside its step's state: one row per launched or planned step.
create table deliveries (
  step_id bigint primary key references steps on delete cascade,
  -- The number the person who launched typed.
  announced int not null,
  -- Whether "does not wish to be contacted" leaves people out; fixed when launched.
  spares_do_not_contact boolean not null default true,
  -- Why the run waits although nobody paused it, in the relay's own words, and until when.
  hold_reason text,
  hold_detail text not null default '',
  hold_until timestamptz,
  -- Failures of the relay in a row.
  failures int not null default 0,
  -- For the pace: sent since the last start, pause or hold.
  paced_from timestamptz,
  paced_count bigint not null default 0
);

-- The file that a file message produced.
create table delivery_files (
  content_id bigint primary key references contents on delete cascade,
  file_id uuid not null references files
);

-- Where messages leave: SMTP relays, SMS gateways, and the demo's own mailbox.
create table relays (
  id int generated always as identity primary key,
  channel text not null check (channel in ('email', 'sms')),
  label text not null,
  -- Per kind, see core/delivery/relay.ts; holds no secret.
  config jsonb not null,
  -- Passwords and keys as one sealed JSON object; never leaves the server.
  sealed text,
  per_second numeric check (per_second > 0),
  per_hour int check (per_hour > 0),
  connections int not null default 5 check (connections between 1 and 50),
  is_default boolean not null default false,
  -- Spoken for until then: the throttle that all processes share.
  free_at timestamptz not null default 'epoch'
);
create unique index relays_default on relays (channel) where is_default;

-- What the built-in mailbox received.
create table mailbox_messages (
  id bigint generated always as identity primary key,
  channel text not null check (channel in ('email', 'sms')),
  received_at timestamptz not null default now(),
  sender text not null,
  recipient text not null,
  subject text not null default '',
  -- The message as it came: RFC 5322 source, or the text of an SMS.
  source bytea not null
);
create index mailbox_messages_latest on mailbox_messages (id desc);
