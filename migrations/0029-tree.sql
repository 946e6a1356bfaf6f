-- How somebody likes the tree of operations (D-16).
create table tree_preferences (
  user_id text primary key references users on delete cascade,
  opens_unfolded boolean not null
);
-- Open names of the palette and the list, newest first.
create index campaigns_recent on campaigns (updated_at desc) where form = 'operation' and deleted_at is null;
