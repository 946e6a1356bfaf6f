-- Accounts (the shape better-auth reads), groups, rights and the audit trail.
create table users (
  id text primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  is_active boolean not null default true,
  locale text not null default 'fr' check (locale in ('fr', 'en')),
  two_factor_enabled boolean not null default false,
  last_sign_in_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table sessions (
  id text primary key,
  user_id text not null references users on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index sessions_user on sessions (user_id);

create table accounts (
  id text primary key,
  user_id text not null references users on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index accounts_user on accounts (user_id);

create table verifications (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verifications_identifier on verifications (identifier);

-- The second factor of who turned it on; secret and codes are encrypted by better-auth.
create table two_factors (
  id text primary key,
  user_id text not null references users on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default true,
  failed_verification_count integer not null default 0,
  locked_until timestamptz
);
create index two_factors_user on two_factors (user_id);

-- Tries at a door with a password, shared by every process; a row counts until ends_at.
create table rate_limits (
  key text primary key,
  count integer not null,
  ends_at timestamptz not null
);

-- A link that opens one door once: only the hash of its token is kept.
create table one_time_links (
  token_hash text primary key,
  purpose text not null check (purpose in ('first-run', 'invitation', 'reset', 'sign-in')),
  user_id text references users on delete cascade,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  check ((user_id is null) = (purpose = 'first-run'))
);
create index one_time_links_user on one_time_links (user_id);

-- Keys for other programs: they act as their owner, within these rights and never beyond the owner's.
create table api_tokens (
  id bigint generated always as identity primary key,
  user_id text not null references users on delete cascade,
  name text not null,
  token_hash text not null unique,
  rights text[] not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  created_at timestamptz not null default now()
);
create index api_tokens_user on api_tokens (user_id);

create table user_groups (
  id bigint generated always as identity primary key,
  name text not null unique
);

create table user_group_members (
  group_id bigint not null references user_groups on delete cascade,
  user_id text not null references users on delete cascade,
  primary key (group_id, user_id)
);
create index user_group_members_user on user_group_members (user_id);

-- A right is given to a user or to a group; the effective rights of a user are the union.
create table rights_granted (
  "right" text not null,
  user_id text references users on delete cascade,
  group_id bigint references user_groups on delete cascade,
  check ((user_id is null) <> (group_id is null)),
  unique nulls not distinct ("right", user_id, group_id)
);

-- Who did what, kept whatever becomes of the actor or the subject.
create table audit_events (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor_id text,
  actor_name text not null,
  action text not null,
  subject text not null,
  details jsonb not null default '{}'
);
create index audit_events_at on audit_events (at desc, id desc);
create index audit_events_actor on audit_events (actor_id, at desc);

-- One row per named setting; values that are secrets are encrypted before they come here.
create table settings (
  name text primary key,
  value jsonb not null,
  updated_at timestamptz not null default now()
);
