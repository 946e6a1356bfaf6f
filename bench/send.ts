/**
 * `npm run bench -- send [messages]`: personalised e-mails of 12 kB from the launch of a mailing to accepted by
 * postfix' smtp-sink, freezing the audience and every line of the ledger included, against nodemailer's pooled
 * transport on the same rendered content and sink, which keeps no books. The rival sends a fifth as many.
 */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { createTransport } from 'nodemailer'
import { EmailContent } from '#core/content/content.ts'
import { compileEmail } from '#core/content/email.ts'
import { deliverySummary } from '#core/delivery/api.ts'
import { createDatabase, createPool } from '#platform/db/database.ts'
import { startRunner } from '#platform/jobs/runner.ts'
import { contentFrame, loadMergeValues } from '../src/server/features/content/service.ts'
import { deliveryJobs } from '../src/server/features/delivery/service.ts'
import { launch, mailing, withRelay } from '../tests/support/mailing.ts'
import { benchApp } from './support/app.ts'
import { startCluster } from './support/cluster.ts'
import { cpuSeconds, postmasterOf } from './support/cpu.ts'
import { startSmtpSink } from './support/smtp-sink.ts'

const count = Number(process.argv[2] ?? 100_000)
const rivalCount = Math.ceil(count / 5)
const connections = 5
const megabyte = 2 ** 20

const sentence =
  'Notre vente privée commence samedi à l’ouverture : chemises, robes d’été et accessoires à prix doux, réservés à nos clients fidèles. '
const paragraphs = Array.from({ length: 17 }, (_, at) =>
  at % 7 === 0
    ? `Chère {{firstName|cliente}} {{lastName}}, ${sentence}`
    : sentence.repeat(1 + (at % 2)),
)
const content = EmailContent.parse({
  channel: 'email',
  subject: '{{firstName|Chère cliente}}, votre vente privée à {{city|la boutique}}',
  document: {
    type: 'doc',
    content: paragraphs.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
  },
})

type Measure = { seconds: number; cpuMs: number; perSecond: number; megabytes: number }

async function measure(
  messages: number,
  postmaster: number,
  work: () => Promise<void>,
): Promise<Measure> {
  let peak = 0
  const sampler = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 100)
  const [cpu, start] = [cpuSeconds(postmaster), performance.now()]
  await work()
  const seconds = (performance.now() - start) / 1_000
  clearInterval(sampler)
  const cpuMs = ((cpuSeconds(postmaster) - cpu) * 1_000) / messages
  return { seconds, cpuMs, perSecond: messages / seconds, megabytes: peak / megabyte }
}

const show = (name: string, messages: number, { seconds, cpuMs, perSecond, megabytes }: Measure) =>
  console.log(
    `${name.padEnd(12)} ${messages} messages  ${seconds.toFixed(1)} s  ${perSecond.toFixed(0)}/s  ` +
      `${cpuMs.toFixed(3)} ms CPU per message (PostgreSQL included)  peak ${megabytes.toFixed(0)} MB`,
  )

await using cluster = await startCluster()
const postmaster = postmasterOf(`${cluster.dataDir}/postgres`)
const db = createDatabase(createPool(cluster.url, 10))
await using closing = new AsyncDisposableStack()
closing.defer(() => db.destroy())
const app = benchApp(db, cluster.dataDir)
await db
  .insertInto('users')
  .values({ id: 'bench', name: 'Bench', email: 'bench@example.org' })
  .execute()
await sql`insert into parties (code, last_name, first_name, city, email)
  select 'K' || i, 'Martin' || i, 'Élise', 'Lyon', 'client' || i || '@example.org'
  from generate_series(1, ${count}::int) i`.execute(db)
await sql`vacuum analyze parties`.execute(db)

const sink = await startSmtpSink()
closing.defer(() => sink.stop())
await withRelay(app, sink.port, { connections })
const stepId = await mailing(app, { contents: [{ body: content }] })

const runner = startRunner(app, deliveryJobs)
const ours = await measure(count, postmaster, async () => {
  await launch(app, stepId)
  for (;;) {
    const { state } = await app.call(deliverySummary, { stepId })
    if (state !== 'running') break
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
})
await runner.stop()
const { state, counts } = await app.call(deliverySummary, { stepId })
const took = await sink.count()
if (state !== 'done' || counts.submitted !== count || took !== count) {
  throw new Error(`counts differ: ${state}, ledger ${counts.submitted}, sink ${took} of ${count}`)
}
show('malleposte', count, ours)

const { compiled } = compileEmail(content, await contentFrame(db))
if (!compiled) throw new Error('the content does not compile')
const transport = createTransport({
  host: '127.0.0.1',
  port: sink.port,
  pool: true,
  maxConnections: connections,
  maxMessages: Number.POSITIVE_INFINITY,
  ignoreTLS: true,
})
let bytes = 0
const rival = await measure(rivalCount, postmaster, async () => {
  const block = 500
  for (let from = 0; from < rivalCount; from += block) {
    const ids = Array.from({ length: Math.min(block, rivalCount - from) }, (_, at) => from + at + 1)
    const values = await loadMergeValues(db, ids, compiled.fields, {
      now: new Date(),
      stepId: null,
    })
    await Promise.all(
      ids.map(async (id) => {
        const leave = `http://localhost:8080/u/${id}.${'x'.repeat(22)}`
        const { subject, html, text } = compiled.fill(values.get(id) ?? {}, { unsubscribe: leave })
        bytes += Buffer.byteLength(html) + Buffer.byteLength(text)
        await transport.sendMail({
          from: 'La boutique <boutique@example.org>',
          to: `client${id}@example.org`,
          subject,
          html,
          text,
          messageId: `<${randomUUID()}@example.org>`,
          list: { unsubscribe: leave },
        })
      }),
    )
  }
})
transport.close()
show('nodemailer', rivalCount, rival)
console.log(
  `${(bytes / rivalCount / 1_000).toFixed(1)} kB of text and HTML per message, ${connections} connections; ` +
    `exactly ${count} accepted by the sink and written down; CPU ratio ${(rival.cpuMs / ours.cpuMs).toFixed(1)}`,
)
const ratio = ours.perSecond / rival.perSecond
console.log(
  `send: ${ratio.toFixed(2)}x nodemailer’s pool, ${ours.perSecond.toFixed(0)} against ${rival.perSecond.toFixed(0)} messages/s, ` +
    `${ours.cpuMs.toFixed(2)} ms CPU per message, ${ours.megabytes.toFixed(0)} MB`,
)
