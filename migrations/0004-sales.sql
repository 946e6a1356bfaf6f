-- Sales as a till or ERP gives them, and the roll-ups that make purchase history cheap to ask.

create table departments (
  id int generated always as identity primary key,
  code text not null unique,
  label text not null
);

create table articles (
  id int generated always as identity primary key,
  code text not null unique,
  label text not null default '',
  department_id int references departments
);
create index articles_department on articles (department_id);

-- A receipt. Amounts are integers in the currency's minor unit.
create table sales (
  id bigint generated always as identity primary key,
  store_id int not null references stores,
  receipt text not null,
  sold_at timestamptz not null,
  sold_on date not null,
  party_id bigint,
  currency char(3) not null,
  import_id bigint,
  unique (store_id, receipt)
);
create index sales_party on sales (party_id, sold_on) where party_id is not null;

-- NOTE: no foreign keys on sale_lines: checking them costs more than writing the row, and lines enter
-- only through the sales feature, which resolves every id itself.
create table sale_lines (
  sale_id bigint not null,
  line_no int not null,
  party_id bigint,
  store_id int not null,
  sold_on date not null,
  currency char(3) not null,
  article_id int,
  department_id int,
  -- Thousandths, so that 1.250 kg is exact. Returns are negative.
  quantity bigint not null,
  amount bigint not null,
  -- Null when the source gives neither margin nor cost.
  margin bigint,
  import_id bigint,
  primary key (sale_id, line_no)
);
create index sale_lines_party on sale_lines (party_id, sold_on) where party_id is not null;
-- Lines come in roughly by day, so a few kilobytes find those of a period (results of a mailing).
create index sale_lines_sold_on on sale_lines using brin (sold_on) with (pages_per_range = 32);
create index sale_lines_article on sale_lines (article_id, party_id);

/* One row per party and currency, rebuilt from the lines by features/sales. The arrays hold one entry per
   day with a line, sorted; the *_to arrays are running totals with a leading 0, so the sum over any window
   [from, to] is x_to[width_bucket(to, days) + 1] - x_to[width_bucket(from - 1, days) + 1]: exact, by two
   binary searches. Scanned whole for most questions, so it holds what most of them read and nothing else;
   the columns of a fixed width stand first, where they are found without walking over the others. */
create table party_purchases (
  party_id bigint not null references parties on delete cascade,
  -- Sum of the days with a positive revenue: no window can exceed it.
  revenue_ceiling bigint not null,
  revenue bigint not null,
  margin bigint not null,
  quantity bigint not null,
  -- Receipts, returns included.
  visits int not null,
  -- Of the party, whatever the currency, so that "not seen since" needs one row.
  last_visit_on date not null,
  first_visit_on date not null,
  -- True on one row of each party, for what is asked whatever the currency.
  is_main boolean not null,
  currency char(3) not null,
  -- Of the party too; a line that is only a return buys nothing.
  department_ids int[] not null,
  days date[] not null,
  revenue_to bigint[] not null,
  primary key (party_id, currency)
);
create index party_purchases_last_visit on party_purchases (last_visit_on, party_id) where is_main;

/* The rarer rest of each row of party_purchases. The days of departments and stores are the last on which
   something was bought there, in the order of their ids. */
create table party_purchase_details (
  party_id bigint not null references parties on delete cascade,
  currency char(3) not null,
  department_days date[] not null,
  store_ids int[] not null,
  store_days date[] not null,
  visits_to int[] not null,
  margin_to bigint[] not null,
  quantity_to bigint[] not null,
  primary key (party_id, currency)
);

-- Uncompressed: unpacking them would cost more than the whole search.
alter table party_purchases
  alter department_ids set storage external, alter days set storage external,
  alter revenue_to set storage external;
alter table party_purchase_details
  alter department_days set storage external, alter store_ids set storage external,
  alter store_days set storage external, alter visits_to set storage external,
  alter margin_to set storage external, alter quantity_to set storage external;

/* People whose roll-up is behind their lines: added to in the transaction that changes the lines, emptied by
   the one that rebuilds, so a crash in between loses nothing. A heap and not a set: with a unique key, an
   import that finds a person already marked would leave no mark of its own, and a rebuild that does not see
   its lines yet would take the only one. */
create table purchases_stale (
  party_id bigint not null
);
create index purchases_stale_party on purchases_stale (party_id);
