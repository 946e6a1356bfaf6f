-- Letters of the program itself (a link to choose a password) in the built-in mailbox: for who manages access alone.
alter table mailbox_messages add column is_notice boolean not null default false;
update mailbox_messages set is_notice = true where channel = 'email' and position('List-Unsubscribe:'::bytea in source) = 0;

-- Whether a job may be stopped by itself; a run of messages is paused or stopped on its own page.
alter table jobs add column can_cancel boolean not null default true;
update jobs set can_cancel = false where kind in ('delivery/launch', 'delivery/send');
