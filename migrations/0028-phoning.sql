-- Phoning: the queue of a step, what a call leaves behind, and the lists of numbers not to call.

-- On what the calls to consumers rest (C. conso. L223-1): their consent, or a contract that is in force.
alter table steps add column call_ground text not null default 'consent'
  check (call_ground in ('consent', 'contract'));

alter table targets
  -- Who agreed to call back; anybody may when that is nobody.
  add column callback_by text,
  -- Why the person may not be called, as the queue found it, and until when it looks no more. It only spares
  -- looking again: whoever is offered was judged at that moment.
  add column call_block text,
  add column call_block_until timestamptz;
-- The people to offer, those called least first; and who comes back to the queue.
create index targets_queue on targets (step_id, status, calls, party_id)
  where callback_at is null and call_block is null;
create index targets_call_block on targets (step_id, call_block_until) where call_block is not null;
create index targets_lease on targets (leased_by, step_id) where leased_by is not null;

/* Consent, wishes and numbers decide whether a person may be called: what changes brings them back to the queue. */
create function reconsider_calls() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'consents' then
    update targets set call_block = null, call_block_until = null
      where call_block is not null and (party_id = new.party_id or organisation_id = new.party_id);
  else
    update targets set call_block = null, call_block_until = null
      where call_block is not null and (party_id = new.id or organisation_id = new.id);
  end if;
  return null;
end $$;
create trigger consents_reconsider_calls after insert on consents for each row
  when (new.channel in ('phone', 'all')) execute function reconsider_calls();
create trigger parties_reconsider_calls after update on parties for each row
  when (old.phone_number is distinct from new.phone_number or old.mobile_number is distinct from new.mobile_number
    or old.do_not_contact <> new.do_not_contact or old.kind <> new.kind or old.nature <> new.nature
    or (old.deleted_at is null) <> (new.deleted_at is null))
  execute function reconsider_calls();

-- Leases and calls change nothing that results are made of.
drop trigger targets_note_results on targets;
create trigger targets_note_results
  after insert or delete or truncate or update of party_id, is_control, excluded_reason, is_linked, via_contacts
  on targets for each statement execute function note_results_change();

alter table call_attempts
  -- What was agreed upon, for the figures: a person who wants to be called back was reached.
  add column callback_at timestamptz;
create index call_attempts_open on call_attempts (user_id, step_id) where ended_at is null;

-- A result that can still be taken back; what follows from it waits until then.
create table call_results (
  step_id bigint not null references steps on delete cascade,
  party_id bigint not null,
  user_id text not null,
  attempt_id bigint references call_attempts on delete cascade,
  status text not null,
  -- {status, statusAt, statusBy, callbackAt, callbackBy} as they were.
  before jsonb not null,
  at timestamptz not null,
  primary key (step_id, party_id)
);

-- Calls of the program that were answered already: an agent who was offline may send them again.
create table call_receipts (
  key uuid primary key,
  at timestamptz not null default now()
);
create index call_receipts_at on call_receipts (at);

alter table do_not_call_lists
  add column kind text not null default 'imported' check (kind in ('own', 'imported')),
  add column file_name text not null default '';
create index do_not_call_numbers_list on do_not_call_numbers (list_id);
