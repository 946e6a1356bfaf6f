-- Openings of e-mails, measured only of people who agreed to it.

-- One ledger, two questions: may we write, and may we measure who opens what we wrote.
alter table consents
  add constraint consents_purpose check (purpose = 'marketing' or (purpose = 'measurement' and channel = 'email'));

-- The last line of the card's ledger for measuring openings; null when nothing was ever said.
alter table parties add column opens_consent boolean;

alter table messages
  -- It left with the image, and the person has not withdrawn since.
  add column is_measured boolean not null default false,
  -- The first opening by a person and how many there were; nothing else is kept of them.
  add column opened_at timestamptz,
  add column opens int not null default 0;
create index messages_measured on messages (step_id, content_id) where is_measured;
