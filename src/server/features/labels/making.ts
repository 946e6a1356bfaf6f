/** What stands on the labels of given customers. */

import {
  fieldsOf,
  type MergeValues,
  parseTemplate,
  renderTemplate,
  type Template,
} from '#core/content/template.ts'
import type { LabelContent } from '#core/labels/layout.ts'
import type { LabelType } from '#core/labels/order.ts'
import { postalLines } from '#core/labels/postal.ts'
import { displayName } from '#core/parties/party.ts'
import type { Database } from '#platform/db/database.ts'
import { contentFrame, loadMergeValues } from '../content/service.ts'
import { barsOf } from './pdf.ts'
import * as queries from './queries.ts'

type TextProblem = { code: string; text: string }

/** The text of free labels, ready to be filled; problems instead when it has faults. */
export async function readText(
  db: Database,
  type: LabelType,
): Promise<{ template: Template; problems: readonly TextProblem[] }> {
  if (type.kind !== 'text') return { template: [], problems: [] }
  if (type.text.trim() === '') return { template: [], problems: [{ code: 'empty', text: '' }] }
  const { template, problems } = parseTemplate(type.text, (await contentFrame(db)).lookup)
  return { template: template ?? [], problems: problems ?? [] }
}

export type Making = { type: LabelType; template: Template; home: string; now: Date }

/** One content for each of the ids that still has a card, in their order. */
export async function contentsFor(
  db: Database,
  ids: readonly number[],
  { type, template, home, now }: Making,
): Promise<LabelContent[]> {
  const faces = new Map((await queries.faces(db, ids)).map((face) => [face.id, face]))
  const values = await valuesOf(db, ids, { template, now })
  return ids.flatMap((id) => {
    const face = faces.get(id)
    if (!face) return []
    if (type.kind === 'address') return [{ kind: 'lines', lines: postalLines(face, home) }]
    if (type.kind === 'text') return [{ kind: 'lines', lines: lines(template, values.get(id)) }]
    return [cardOf(face)]
  })
}

async function valuesOf(
  db: Database,
  ids: readonly number[],
  { template, now }: Pick<Making, 'template' | 'now'>,
): Promise<Map<number, MergeValues>> {
  const fields = fieldsOf(template)
  return fields.length === 0 ? new Map() : loadMergeValues(db, ids, fields, { now, stepId: null })
}

/** A line that consists of empty fields is no line. */
function lines(template: Template, values: MergeValues = {}): string[] {
  const text = renderTemplate(template, values, 'text')
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function cardOf(face: queries.Face): LabelContent {
  const number = face.cardNumber.trim()
  return { kind: 'card', name: displayName(face).trim(), number, bars: barsOf(number) }
}
