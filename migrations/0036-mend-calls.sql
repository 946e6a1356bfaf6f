-- Supervisors ask every few seconds for the calls of a day.
create index call_attempts_started on call_attempts (started_at);

-- A refusal is not taken back.
alter table call_results add column refused boolean not null default false;

-- Steps of “phoning contact” reach contacts (D-72).
update steps set audience = 'contacts' from step_types
  where step_types.code = steps.type_code and step_types.channel = 'phoning-contact' and steps.audience <> 'contacts';
