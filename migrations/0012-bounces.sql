-- What comes back by mail: the mailbox that is read, and each bounce or complaint found in it.

-- What the other server said, word for word, beside feedback and feedback_at.
alter table messages add column feedback_text text;
create index messages_feedback on messages (step_id, content_id, feedback) where feedback is not null;

-- One row at most.
create table bounce_mailbox (
  id smallint primary key default 1 check (id = 1),
  -- See core/delivery/bounce-mailbox.ts; holds no secret.
  config jsonb not null,
  sealed text not null,
  -- How far it has been read: both as the server gives them, null before the first reading.
  uid_validity text,
  last_uid bigint not null default 0,
  last_read_at timestamptz,
  -- Why the last reading failed; empty when it did not.
  last_error text not null default ''
);

create table bounces (
  id bigint generated always as identity primary key,
  -- SHA-256 of the mail: the same one counts once, however often and wherever it is read.
  fingerprint text not null unique,
  kind text not null check (kind in ('hard', 'soft', 'blocked', 'complaint')),
  message_id bigint not null,
  party_id bigint not null,
  address text not null,
  answer text not null,
  at timestamptz not null
);
create index bounces_address on bounces (lower(address), at) where kind = 'soft';
