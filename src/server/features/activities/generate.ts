/** What a step leaves behind: an activity per contact, per party, or one for all (A-7, A-S11, D-53 to D-55). */
import type { FieldLookup } from '#core/content/merge-fields.ts'
import {
  fieldsOf,
  type MergeValues,
  parseTemplate,
  renderTemplate,
  type Template,
} from '#core/content/template.ts'
import type { Actor } from '#core/kernel/actor.ts'
import type { Database } from '#platform/db/database.ts'
import { contentFrame, loadMergeValues } from '../content/service.ts'
import * as generated from './generate-queries.ts'

type Generation = {
  stepId: number
  /** Targets of the step: their ids, or a query of them. Others get nothing. */
  people: generated.People
  now: Date
  actor: Pick<Actor, 'id'>
}

const batch = 2_000

/**
 * Makes the activities that the step's parameters ask for, for those of the people who have none of it yet: nothing
 * when it asks for none. May be called again at will. In the transaction of what causes it.
 */
export async function generateActivities(
  db: Database,
  { stepId, people, now, actor }: Generation,
): Promise<{ generated: number }> {
  const plan = await generated.findPlan(db, stepId)
  if (!plan) return { generated: 0 }
  const order = { stepId, people, now, userId: actor.id }
  if (plan.numberPrefix !== null) await generated.lockNumbers(db, plan.typeId)
  const frame = await contentFrame(db)
  const [subject, text] = [
    templateOf(plan.subject || plan.label, frame.lookup),
    templateOf(plan.text, frame.lookup),
  ]
  const fields = [...new Set([...fieldsOf(subject), ...fieldsOf(text)])]
  const write = (values: MergeValues) => ({
    subject: renderTemplate(subject, values, 'header').slice(0, 500) || plan.label,
    text: renderTemplate(text, values, 'text'),
  })
  if (fields.length === 0 || plan.per === 'step') {
    const same = { ...plan, ...write({}) }
    return { generated: await generated.insertMissing(db, order, same) }
  }
  let made = 0
  for (let after = -1; ; ) {
    const next = await generated.nextMissing(db, order, { per: plan.per, after, limit: batch })
    if (next.length === 0) return { generated: made }
    const about = next.flatMap((one) => (one.about === null ? [] : [one.about]))
    const values = await loadMergeValues(db, about, fields, { now, stepId })
    const written = next.map((one) => write(values.get(one.about ?? 0) ?? {}))
    const generatedFor = next.map((one) => one.generatedFor)
    const own = {
      generatedFor,
      subjects: written.map((one) => one.subject),
      texts: written.map((one) => one.text),
    }
    made += await generated.insertMissing(db, order, { ...plan, own })
    after = generatedFor.at(-1) ?? after
  }
}

/** A text that cannot be read as a template is taken as it is written. */
function templateOf(text: string, lookup: FieldLookup): Template {
  return parseTemplate(text, lookup).template ?? [text]
}
