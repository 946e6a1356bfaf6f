-- Label formats of the shop's own, and messages kept to start others from.

create table label_formats (
  id int generated always as identity primary key,
  name text not null,
  -- Sizes in millimetres, see core/labels/format.ts.
  shape jsonb not null
);
create unique index label_formats_name on label_formats (fold(name));

create table message_templates (
  id int generated always as identity primary key,
  name text not null,
  channel text not null check (channel in ('email', 'sms', 'file')),
  -- As `contents.body`, see core/content/content.ts.
  body jsonb not null,
  created_by text references users on delete set null,
  created_by_name text not null default '',
  created_at timestamptz not null default now()
);
-- One name once per channel, so that the list can be told apart.
create unique index message_templates_name on message_templates (channel, fold(name));
