import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, inject, it, onTestFinished } from 'vitest'
import { getImport, startImport } from '#core/imports/api.ts'
import { ImportView } from '#core/imports/import.ts'
import { releaseAbandoned } from '#platform/jobs/queue.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'

const script = join(import.meta.dirname, '../../../../tests/support/importing-process.ts')
const rows = 12_000
const chunkRows = 500

/** Receipts of three lines; new articles, departments and customers all the way, returns, refused rows. */
function file(): string {
  const lines = ['Ticket;Ligne;Date;Client;Article;Rayon;Quantité;Montant;Magasin;Caisse']
  for (let at = 0; at < rows; at++) {
    const receipt = Math.floor(at / 3)
    const day = String(1 + (receipt % 28)).padStart(2, '0')
    const amount = at % 997 === 0 ? 'cher' : `${at % 90},50`
    const customer = receipt % 7 === 0 ? '' : `K${receipt % 2_000}`
    lines.push(
      `${receipt % 5_000};${at % 3};${day}/03/2026;${customer};A${Math.floor(at / 8)};Rayon ${Math.floor(at / 900)};${at % 31 === 0 ? -1 : 1};${amount};Magasin ${receipt % 3};${receipt % 2}`,
    )
  }
  return `${lines.join('\n')}\n`
}

async function start(app: TestApp): Promise<number> {
  const response = await app.http.request('/api/imports?name=ventes.csv', {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: file(),
  })
  const { id } = ImportView.parse(await response.json())
  await app.call(startImport, { id })
  return id
}

/** Everything the import wrote, by names and not by ids, in a few numbers. */
async function written(app: TestApp, id: number) {
  const { state, counts } = await app.call(getImport, { id })
  const { rows: prints } = await sql`
    select count(*)::int as lines, count(distinct l.sale_id)::int as receipts, sum(l.amount) as amount,
      md5(string_agg(concat_ws('|', m.name, s.till, s.receipt, s.sold_on, l.line_no, p.code, sp.code, a.code,
        d.label, l.quantity, l.amount, l.currency), ',' order by m.name, s.till, s.receipt, s.sold_on, l.line_no)) as print
    from sale_lines l join sales s on s.id = l.sale_id join stores m on m.id = s.store_id
      left join parties p on p.id = l.party_id left join parties sp on sp.id = s.party_id
      left join articles a on a.id = l.article_id left join departments d on d.id = l.department_id
    union all
    select count(*)::int, count(distinct party_id)::int, sum(u.revenue), md5(string_agg(
      concat_ws('|', p.code, u.currency, u.days, u.revenue_to, u.visits), ',' order by p.code, u.currency))
    from party_purchases u join parties p on p.id = u.party_id
    union all
    select count(*)::int, 0, 0, md5(string_agg(concat_ws('|', line, "column", value, reason), ',' order by line))
    from import_rejects
    union all
    select (select count(*) from articles)::int, (select count(*) from departments)::int,
      (select count(*) from purchases_stale), (select count(*)::text from sales)`.execute(app.db)
  return { state, counts, prints }
}

it('writes what an undisturbed run writes, however often its process is killed in the middle', async () => {
  const [app, calm] = await Promise.all([testApp(), testApp()])
  const [id, calmId] = await Promise.all([start(app), start(calm)])
  const { rows: names } = await sql<{ name: string }>`select current_database() as name`.execute(
    app.db,
  )
  const url = `${inject('postgresUrl')}/${names[0]?.name}`
  const position = async () => (await app.call(getImport, { id })).counts?.rows ?? 0

  const middles: number[] = []
  for (const _ of [1, 2]) {
    const before = await position()
    const child = spawn(process.execPath, [script, url, app.config.dataDir, String(chunkRows)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    onTestFinished(() => {
      child.kill('SIGKILL')
    })
    // Killed while it is at work, not while it starts.
    await expect.poll(position, { timeout: 60_000, interval: 5 }).toBeGreaterThan(before)
    await sleep(Math.random() * 60)
    child.kill('SIGKILL')
    await once(child, 'exit')
    middles.push(await position())
  }
  // The first of them at least with most of the file still to come.
  expect(middles[0]).toBeLessThan(rows)
  await releaseAbandoned(app.db)
  await Promise.all([app.runJobs(), calm.runJobs()])
  const result = await written(app, id)
  expect(result).toMatchObject({
    state: 'done',
    counts: { rows, rejected: 13, created: rows - 13 },
  })
  expect(result).toEqual(await written(calm, calmId))
}, 120_000)
