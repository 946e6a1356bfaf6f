-- Clicks on the links of messages.

-- The links of a message as they were sent: they lead there whatever is changed later. A change makes another row.
create table followed_links (
  id bigint generated always as identity primary key,
  content_id bigint not null references contents on delete cascade,
  -- For each link its literal pieces and fields, see core/content/links.ts.
  links jsonb not null,
  digest text not null,
  unique (content_id, digest)
);

-- The first click that a person made, of those in message_events.
alter table messages add column clicked_at timestamptz;
create index messages_clicked on messages (step_id, content_id) where clicked_at is not null;
