-- Results of a mailing are kept with the state of the data they were added up from: asked again, they are
-- read; after any change of that data, they are added up anew. Features/results owns both tables.

/* Rows that sum up to how often anything was changed that results depend on. A row is written by the
   transaction that changes, so whoever sees the change sees the row too: equal sums mean equal data, whatever
   commits in between and in which order. A counter kept in one row would make all writers wait for each
   other, and a sequence would count what is not committed. */
create table results_changes (changes bigint not null);

create function note_results_change() returns trigger language plpgsql as $$
begin
  insert into results_changes values (1);
  return null;
end $$;

-- Once per statement: an import of a million lines writes a few hundred rows here.
create trigger sale_lines_note_results
  after insert or update or delete or truncate on sale_lines
  for each statement execute function note_results_change();
create trigger targets_note_results
  after insert or update or delete or truncate on targets
  for each statement execute function note_results_change();
-- A merged card hands its sales on. Only statements that name the column count, so that editing cards does not.
create trigger parties_note_results
  after update of merged_into or delete or truncate on parties
  for each statement execute function note_results_change();

create table results_kept (
  campaign_id bigint primary key references campaigns on delete cascade,
  -- The days they cover, and the sum of results_changes before they were added up.
  from_day date not null,
  to_day date not null,
  changes bigint not null,
  results jsonb not null
);
