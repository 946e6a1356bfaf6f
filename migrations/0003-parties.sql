-- Customers and other third parties: everything a card holds.

/* Lower case without accents, for search keys and sorting. Letter by letter and not by lower(), so that it
   gives the same on any PostgreSQL whatever its collation. core/kernel/fold.ts is its twin. */
create function fold(value text) returns text
  language sql immutable strict parallel safe
  return translate(
    replace(replace(replace(replace(value, 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae'),
    'ABCDEFGHIJKLMNOPQRSTUVWXYZàáâãäåçèéêëìíîïñòóôõöøùúûüýÿÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŸ',
    'abcdefghijklmnopqrstuvwxyzaaaaaaceeeeiiiinoooooouuuuyyaaaaaaceeeeiiiinoooooouuuuyy'
  );

create table stores (
  id int generated always as identity primary key,
  code text not null unique,
  name text not null,
  postal_code text not null default '',
  city text not null default '',
  currency char(3) not null default 'EUR'
);

create table party_kinds (
  code text primary key,
  label_fr text not null,
  label_en text not null,
  position int not null default 0
);
insert into party_kinds (code, label_fr, label_en, position) values
  ('customer', 'Client', 'Customer', 1),
  ('prospect', 'Prospect', 'Prospect', 2),
  ('staff', 'Personnel', 'Staff', 3),
  ('supplier', 'Fournisseur', 'Supplier', 4),
  ('rep', 'Commercial', 'Sales rep', 5),
  ('other', 'Autre tiers', 'Other', 6);

-- "category" in the card: free classes such as loyalty levels, kept by the administrator.
create table party_categories (
  id int generated always as identity primary key,
  label text not null unique
);

create table parties (
  id bigint generated always as identity primary key,
  code text not null unique,
  kind text not null default 'customer' references party_kinds,
  nature text not null default 'person' check (nature in ('person', 'company')),
  salutation text not null default '',
  last_name text not null,
  first_name text not null default '',
  company text not null default '',
  address1 text not null default '',
  address2 text not null default '',
  postal_code text collate "C" not null default '',
  city text not null default '',
  country char(2) not null default 'FR',
  -- Phones as typed, and their E.164 form when it could be read.
  phone text not null default '',
  phone_number text,
  mobile text not null default '',
  mobile_number text,
  email text not null default '',
  -- What the last sendings taught about the address.
  email_state text not null default 'ok' check (email_state in ('ok', 'invalid', 'bounced', 'complained')),
  store_id int references stores,
  category_id int references party_categories on delete set null,
  criterion1 numeric,
  criterion2 numeric,
  criterion3 numeric,
  card_number text not null default '',
  birth_year smallint check (birth_year between 1880 and 2200),
  birth_month smallint check (birth_month between 1 and 12),
  birth_day smallint check (birth_day between 1 and 31),
  date2 date,
  date3 date,
  sex text not null default '' check (sex in ('', 'f', 'm')),
  language text not null default 'fr',
  -- The wish of the card: no mailing at all. Per-channel withdrawals are in consents.
  do_not_contact boolean not null default false,
  email_opt_out boolean not null default false,
  sms_opt_out boolean not null default false,
  -- Values of custom fields by key.
  custom jsonb not null default '{}',
  version int not null default 1,
  import_id bigint,
  merged_into bigint references parties,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  has_email boolean not null generated always as (email <> '' and email_state = 'ok') stored,
  -- P-31: the mobile field is filled, or the phone is a French mobile (06, 07) once normalised.
  has_mobile boolean not null generated always as (
    mobile <> '' or coalesce(phone_number like '+336%' or phone_number like '+337%', false)
  ) stored,
  -- The number an SMS goes to.
  sms_number text generated always as (
    coalesce(mobile_number, case when phone_number like '+336%' or phone_number like '+337%' then phone_number end)
  ) stored,
  -- What the list sorts by and the search looks up. Columns and not index expressions, since PostgreSQL
  -- answers from an index alone only with columns: that is what makes row 500 000 of a million cheap.
  name_key text collate "C" not null generated always as (
    ltrim(fold(last_name || case when first_name = '' then '' else ' ' || first_name end
      || case when company = '' then '' else ' ' || company end))
  ) stored,
  first_name_key text collate "C" not null generated always as (fold(first_name || ' ' || last_name)) stored,
  company_key text collate "C" not null generated always as (fold(company)) stored,
  city_key text collate "C" not null generated always as (fold(city)) stored,
  email_key text collate "C" not null generated always as (lower(email)) stored,
  code_key text collate "C" not null generated always as (lower(code)) stored
);
create index parties_name on parties (name_key, id) where deleted_at is null;
create index parties_first_name on parties (first_name_key, id) where deleted_at is null and first_name <> '';
create index parties_company on parties (company_key, id) where deleted_at is null and company <> '';
create index parties_city on parties (city_key, id) where deleted_at is null;
create index parties_email on parties (email_key, id) where deleted_at is null;
create index parties_code on parties (code_key, id) where deleted_at is null;
create index parties_card_number on parties (card_number text_pattern_ops) where card_number <> '';
create index parties_phone on parties (phone_number text_pattern_ops) where phone_number is not null;
create index parties_mobile on parties (mobile_number text_pattern_ops) where mobile_number is not null;
create index parties_postal_code on parties (postal_code, id) where deleted_at is null;
create index parties_store on parties (store_id, id) where deleted_at is null;
-- The few cards that were merged away, so that targets named before the merge find the card that stayed.
create index parties_merged on parties (id) where merged_into is not null;
create index parties_created on parties (created_at, id) where deleted_at is null;
create index parties_deleted on parties (deleted_at) where deleted_at is not null;
create sequence party_codes;
-- What the four counters read, and nothing else.
create index parties_counters on parties (id)
  include (has_email, has_mobile, do_not_contact) where deleted_at is null;

/* How many cards there are, as a sum, since counting a million for each change of a criterion costs more than
   the rest of the question. Rows are only added, so that writers never wait for one another; a daily job adds
   them up. Kept by triggers and not by the code: then the count on screen is the count in the database,
   whoever wrote to it. */
create table party_tallies (
  delta bigint not null
);
create function tally_parties() returns trigger language plpgsql as $$
begin
  case tg_op
    when 'INSERT' then
      insert into party_tallies select count(*) from changed where deleted_at is null having count(*) > 0;
    when 'DELETE' then
      insert into party_tallies select -count(*) from changed where deleted_at is null having count(*) > 0;
    when 'UPDATE' then
      insert into party_tallies values (case when new.deleted_at is null then 1 else -1 end);
    else
      delete from party_tallies;
  end case;
  return null;
end $$;
create trigger parties_inserted after insert on parties
  referencing new table as changed for each statement execute function tally_parties();
create trigger parties_removed after delete on parties
  referencing old table as changed for each statement execute function tally_parties();
create trigger parties_hidden after update on parties for each row
  when ((old.deleted_at is null) <> (new.deleted_at is null)) execute function tally_parties();
create trigger parties_truncated after truncate on parties
  for each statement execute function tally_parties();

create table custom_fields (
  id int generated always as identity primary key,
  key text not null unique check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
  label_fr text not null,
  label_en text not null,
  type text not null check (type in ('text', 'number', 'date', 'boolean', 'choice', 'choices', 'money')),
  -- Choices, each {value, labelFr, labelEn}.
  options jsonb not null default '[]',
  position int not null default 0
);

create table tags (
  id int generated always as identity primary key,
  label text not null unique,
  colour text not null default 'blue'
);

create table party_tags (
  party_id bigint not null references parties on delete cascade,
  tag_id int not null references tags on delete cascade,
  added_at timestamptz not null default now(),
  primary key (party_id, tag_id)
);
create index party_tags_tag on party_tags (tag_id, party_id);

-- Hand-kept or imported lists of people.
create table party_lists (
  id bigint generated always as identity primary key,
  label text not null,
  import_id bigint,
  created_by text references users on delete set null,
  created_at timestamptz not null default now()
);
create table party_list_members (
  list_id bigint not null references party_lists on delete cascade,
  party_id bigint not null references parties on delete cascade,
  primary key (list_id, party_id)
);
create index party_list_members_party on party_list_members (party_id);

create table party_notes (
  id bigint generated always as identity primary key,
  party_id bigint not null references parties on delete cascade,
  text text not null,
  author_id text references users on delete set null,
  author_name text not null,
  at timestamptz not null default now()
);
create index party_notes_party on party_notes (party_id, at desc);

-- Each change of a card: {field: [before, after]}, a tag being the field `tag.<id>`. The card's history, the undo of bulk work, the answer to a conflict.
create table party_changes (
  id bigint generated always as identity primary key,
  party_id bigint not null references parties on delete cascade,
  at timestamptz not null default now(),
  actor_id text,
  actor_name text not null,
  -- The bulk work that made it, or that took it back.
  job_id bigint,
  reason text not null default 'edit'
    check (reason in ('create', 'edit', 'undo', 'bulk', 'import', 'merge', 'delete', 'restore')),
  changes jsonb not null
);
create index party_changes_party on party_changes (party_id, at desc);
create index party_changes_job on party_changes (job_id) where job_id is not null;

-- Consent ledger, append-only: the last line of a (party, channel, purpose) is its state; a withdrawal wins.
create table consents (
  id bigint generated always as identity primary key,
  party_id bigint not null references parties on delete cascade,
  channel text not null check (channel in ('email', 'sms', 'phone', 'post', 'fax', 'all')),
  purpose text not null default 'marketing',
  state text not null check (state in ('granted', 'withdrawn')),
  source text not null,
  proof jsonb not null default '{}',
  actor_name text not null default '',
  at timestamptz not null default now()
);
create index consents_party on consents (party_id, channel, purpose, id desc);

-- Bulk work in progress: the people it was started for, each row gone in the transaction that changes its
-- card, so that a job that is run again after a crash goes on where it was.
create table party_bulks (
  job_id bigint primary key,
  total bigint not null,
  changed bigint not null default 0
);
create table party_bulk_members (
  job_id bigint not null references party_bulks on delete cascade,
  party_id bigint not null,
  primary key (job_id, party_id)
);

-- Pairs of cards that may be one person, a < b, and what was decided of them.
create table duplicate_pairs (
  party_a bigint not null references parties on delete cascade,
  party_b bigint not null references parties on delete cascade,
  score smallint not null,
  reasons text[] not null,
  state text not null default 'open' check (state in ('open', 'different')),
  found_at timestamptz not null default now(),
  decided_by text,
  primary key (party_a, party_b),
  check (party_a < party_b)
);
create index duplicate_pairs_open on duplicate_pairs (score desc, party_a, party_b) where state = 'open';
create index duplicate_pairs_b on duplicate_pairs (party_b);
