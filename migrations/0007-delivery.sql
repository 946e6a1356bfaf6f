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
create index messages_due on messages (step_id, due_at, id) where state = 'pending';
create index messages_in_flight on messages (worker) where state = 'in-flight';
create index messages_party on messages (party_id, id desc);
create index messages_step on messages (step_id, state);
