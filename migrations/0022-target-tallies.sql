/* How many targets a step has by status, as a sum, since an operation of a million is opened many times a day.
   Rows are only added, so that writers never wait for one another; the daily job adds them up. Kept by triggers:
   then the count on screen is the count in the database, whoever wrote to it. Counted are the people to be
   reached: linked, not kept out, not excluded, and not organisations that are reached through their contacts. */
create table target_tallies (
  step_id bigint not null,
  status text not null,
  delta bigint not null
);
create index target_tallies_step on target_tallies (step_id);

create function counts_as_target(one targets) returns boolean language sql immutable
  return one.is_linked and not one.is_control and one.excluded_reason is null and not one.via_contacts;

create function tally_targets() returns trigger language plpgsql as $$
begin
  case tg_op
    when 'INSERT' then
      insert into target_tallies select step_id, status, count(*)
        from changed where counts_as_target(changed::targets) group by 1, 2;
    when 'DELETE' then
      insert into target_tallies select step_id, status, -count(*)
        from changed where counts_as_target(changed::targets) group by 1, 2;
    when 'UPDATE' then
      insert into target_tallies select step_id, status, sum(one) from (
        select step_id, status, -1 as one from before where counts_as_target(before::targets)
        union all
        select step_id, status, 1 from changed where counts_as_target(changed::targets)
      ) as moved group by 1, 2 having sum(one) <> 0;
    else
      delete from target_tallies;
  end case;
  return null;
end $$;
create trigger targets_inserted after insert on targets
  referencing new table as changed for each statement execute function tally_targets();
create trigger targets_removed after delete on targets
  referencing old table as changed for each statement execute function tally_targets();
create trigger targets_updated after update on targets
  referencing old table as before new table as changed for each statement execute function tally_targets();
create trigger targets_truncated after truncate on targets
  for each statement execute function tally_targets();

insert into target_tallies
  select step_id, status, count(*) from targets where counts_as_target(targets) group by 1, 2;
