-- Cards in the bin are not counted, additions by jobs are noted, activities are searched by an index.

/* People whose card is in the bin are nowhere in the table of a step: nobody can do them, so they are not to do either.
   Counted again when the card comes back. */
create or replace function tally_targets() returns trigger language plpgsql as $$
begin
  case tg_op
    when 'INSERT' then
      insert into target_tallies select step_id, status, count(*) from changed
        where counts_as_target(changed::targets)
          and exists (select from parties p where p.id = changed.party_id and p.deleted_at is null)
        group by 1, 2;
    when 'DELETE' then
      insert into target_tallies select step_id, status, -count(*) from changed
        where counts_as_target(changed::targets)
          and exists (select from parties p where p.id = changed.party_id and p.deleted_at is null)
        group by 1, 2;
    when 'UPDATE' then
      insert into target_tallies select step_id, status, sum(one) from (
        select step_id, party_id, status, -1 as one from before where counts_as_target(before::targets)
        union all
        select step_id, party_id, status, 1 from changed where counts_as_target(changed::targets)
      ) as moved
      where exists (select from parties p where p.id = moved.party_id and p.deleted_at is null)
      group by 1, 2 having sum(one) <> 0;
    else
      delete from target_tallies;
  end case;
  return null;
end $$;

/* Whoever changes one of these targets meanwhile is waited for, and then counts it as it is after this. */
create function tally_hidden_party() returns trigger language plpgsql as $$
begin
  insert into target_tallies
    select step_id, status, case when tg_op = 'UPDATE' and old.deleted_at is not null then 1 else -1 end
    from (select * from targets where party_id = old.id order by step_id for update) as t
    where counts_as_target(t::targets);
  return null;
end $$;
create trigger parties_tally_targets after update on parties for each row
  when ((old.deleted_at is null) <> (new.deleted_at is null)) execute function tally_hidden_party();
create trigger parties_tally_targets_removed after delete on parties for each row
  when (old.deleted_at is null) execute function tally_hidden_party();

insert into target_tallies
  select t.step_id, t.status, -count(*) from targets t
  where counts_as_target(t) and not exists (select from parties p where p.id = t.party_id and p.deleted_at is null)
  group by 1, 2;

/* What a job brought in and took out, noted in its transaction: a second run of it answers from here. */
create table target_additions (
  batch bigint primary key,
  step_id bigint not null references steps on delete cascade,
  added int not null,
  removed int not null
);
create index target_additions_step on target_additions (step_id);

/* Why a distribution by itself could not ask the conditions of the step, as {code, message, details} of the refusal;
   null since they could be asked again. */
alter table steps add column distribution_problem jsonb;

/* The words of an activity, folded, found wherever they stand in it. */
create extension if not exists pg_trgm;
alter table activities add column search_key text not null generated always as (
  fold(subject || ' ' || text || ' ' || number || ' ' || place || ' ' || source || ' ' || result)) stored;
create index activities_search on activities using gin (search_key gin_trgm_ops);
