-- The appointment that a result noted, as long as it can be taken back: {id, before: {startsAt, place} or null}.
alter table call_results add column appointment jsonb;
