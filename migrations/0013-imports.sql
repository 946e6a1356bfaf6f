-- Tills count their receipts anew each year, each day, or each till on its own: a receipt is its shop, its day,
-- its till (empty where the file names none) and its number. By day first, as sales come in: the newest part of
-- the index is the one in use, whatever the numbers look like.
alter table sales add column till text not null default '';
alter table sales drop constraint sales_store_id_receipt_key;
alter table sales add constraint sales_identity unique (store_id, sold_on, receipt, till);
