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
  postal_code text not null default '',
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
  name_key text collate "C" not null generated always as (
    fold(last_name || case when first_name = '' then '' else ' ' || first_name end
      || case when company = '' then '' else ' ' || company end)
  ) stored
);
create index parties_name on parties (name_key, id) where deleted_at is null;
create index parties_email on parties (lower(email)) where email <> '';
create index parties_phone on parties (phone_number) where phone_number is not null;
create index parties_mobile on parties (mobile_number) where mobile_number is not null;
create index parties_postal_code on parties (postal_code text_pattern_ops, id) where deleted_at is null;
create index parties_created on parties (created_at, id) where deleted_at is null;
-- What the four counters read, and nothing else: an index-only scan counts a million in tens of milliseconds.
create index parties_counters on parties (id)
  include (has_email, has_mobile, do_not_contact) where deleted_at is null;

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

-- Each change of a card: {field: [before, after]}. The card's history, the undo of bulk work, the answer to a conflict.
create table party_changes (
  id bigint generated always as identity primary key,
  party_id bigint not null references parties on delete cascade,
  at timestamptz not null default now(),
  actor_id text,
  actor_name text not null,
  job_id bigint,
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
