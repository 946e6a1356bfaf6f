/** Cells of custom fields as the JSON values that the card keeps. */

import { parseDate } from '#core/imports/dates.ts'
import type { RejectReason } from '#core/imports/import.ts'
import { parseScaled } from '#core/imports/numbers.ts'
import type { ColumnPlan } from '#core/imports/plan.ts'
import { parseYesNo } from '#core/imports/values.ts'
import { fold } from '#core/kernel/fold.ts'
import type { CustomField, FieldValue } from '#core/parties/custom-field.ts'

type Read = { value: FieldValue } | { problem: RejectReason }

const or = (value: FieldValue | undefined, problem: RejectReason): Read =>
  value === undefined ? { problem } : { value }

export function readCustom(field: CustomField, cell: string, plan: ColumnPlan): Read {
  const text = cell.trim()
  switch (field.type) {
    case 'text':
      return text.length > 2_000 ? { problem: 'too-long' } : { value: text }
    case 'number': {
      const scaled = parseScaled(text, plan.decimals, 6)
      return or(scaled === undefined ? undefined : scaled / 1e6, 'not-a-number')
    }
    case 'money':
      return or(parseScaled(text, plan.decimals, 2), 'not-a-number')
    case 'date':
      return or(parseDate(text, plan.dates)?.slice(0, 10), 'not-a-date')
    case 'boolean':
      return or(parseYesNo(text), 'not-yes-or-no')
    case 'choice':
      return or(optionOf(field, text), 'not-a-choice')
    case 'choices': {
      const values = text.split(/[,;|/]/).filter((part) => part.trim() !== '')
      const options = values.map((part) => optionOf(field, part))
      return options.some((option) => option === undefined)
        ? { problem: 'not-a-choice' }
        : { value: [...new Set(options.filter((option) => option !== undefined))] }
    }
    default:
      return field.type satisfies never
  }
}

/** By value or by label of either language, whatever the case and accents. */
function optionOf({ options }: CustomField, text: string): string | undefined {
  const key = fold(text.trim())
  return options.find((o) => [o.value, o.labelFr, o.labelEn].some((name) => fold(name) === key))
    ?.value
}
