import { startEmbedded } from './src/server/platform/db/embedded.ts'
import { migrate } from './src/server/platform/db/migrate.ts'
import { createDatabase, createPool } from './src/server/platform/db/database.ts'
import * as q from './src/server/features/results/queries.ts'
import { sql } from 'kysely'
const e = await startEmbedded('/tmp/mp-scale', ['fsync=off'])
await migrate(e.url)
const db = createDatabase(createPool(e.url, 5))
const N = 400_000, L = 4_000_000
const t0 = Date.now()
await sql`insert into stores (code,name) values ('S','S') on conflict do nothing`.execute(db)
await sql`insert into parties (code,last_name) select 'K'||i,'N'||i from generate_series(1,${sql.lit(N)}) i`.execute(db)
await sql`insert into sale_lines (sale_id,line_no,party_id,store_id,sold_on,currency,quantity,amount,margin) select i,1, 1+ (hashint4(i)&2147483647)%${sql.lit(N)},1, date '2023-11-22'+ (i::bigint*1096/${sql.lit(L)})::int,'EUR',1000,5000,2000 from generate_series(1,${sql.lit(L)}) i`.execute(db)
await sql`insert into campaigns(label,send_on) values('x','2026-10-01')`.execute(db)
await sql`insert into steps(campaign_id) values(1)`.execute(db)
await sql`insert into targets(step_id,party_id,is_control) select 1,i,i%10=0 from generate_series(1,${sql.lit(N)}) i`.execute(db)
await sql`vacuum analyze`.execute(db)
console.log('seeded', Date.now()-t0)
for (const from of ['2026-10-01','2025-11-22','2023-11-22']) for (let k=0;k<2;k++) {
  const w={from,to:'2026-11-22'}; const a=Date.now(); await q.sumDays(db,1,w); const b=Date.now(); await q.countReturning(db,1,w); const c=Date.now(); await q.countPeople(db,1); const d=Date.now(); await q.countCustomers(db)
  console.log(from, 'sumDays',b-a,'returning',c-b,'people',d-c,'customers',Date.now()-d)
}
await db.destroy(); await e.stop()
