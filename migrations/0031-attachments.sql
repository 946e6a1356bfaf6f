-- Attachments leave with the e-mails of a step.

/* The attachments of a step's e-mails as they leave: encoded once, by the first run that sends, and the same bytes for
   every message of the step from then on. */
alter table deliveries add column tail_id uuid references files on delete restrict;

/* A copy of a message ends with it: kept once for all copies of the step. */
alter table message_copies add column tail_id uuid references files on delete restrict;
