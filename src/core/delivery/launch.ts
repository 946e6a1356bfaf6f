/** What speaks against launching a step of an operation, beside its messages. */
import { messageChannelOf, type StepChannel, type StepFields } from '../campaigns/step-type.ts'
import type { OutsideDates } from '../operations/operation.ts'
import { type FieldValues, fieldProblems } from '../operations/step.ts'

export type LaunchRules = FieldValues & {
  isFinal: boolean
  isTemplate: boolean
  channel: StepChannel
  fields: StepFields
  /** Of the operation; instants. */
  operation: { startsAt: string | null; endsAt: string | null; outsideDates: OutsideDates }
}

type Findings = { problems: string[]; warnings: string[] }

/** Codes of the catalogue `delivery`. `at` is when the messages would leave. */
export function judgeLaunch(rules: LaunchRules, at: Date): Findings {
  const dates = judgeDates(rules, at)
  const mandatory = fieldProblems(rules, rules.fields).filter(
    ({ problem }) => problem === 'mandatory',
  )
  const problems = [
    ...(rules.isTemplate ? ['is-template'] : []),
    ...(rules.isFinal ? [] : ['not-final']),
    ...(isPhoned(rules) ? ['is-phoned'] : []),
    ...mandatory.map(({ field }) => `mandatory-${field}`),
    ...dates.problems,
  ]
  return { problems, warnings: dates.warnings }
}

const isPhoned = ({ channel }: Pick<LaunchRules, 'channel'>) =>
  channel === 'phoning' || channel === 'phoning-contact'

/** Steps whose people nobody writes to: launching gives them the final status and makes activities. */
export const hasMessages = (channel: StepChannel): boolean => messageChannelOf(channel) !== null

function judgeDates({ operation }: LaunchRules, at: Date): Findings {
  const { startsAt, endsAt, outsideDates } = operation
  const outside =
    (startsAt !== null && at < new Date(startsAt)) || (endsAt !== null && at > new Date(endsAt))
  if (!outside || outsideDates === 'inform') return { problems: [], warnings: [] }
  return outsideDates === 'block'
    ? { problems: ['outside-dates'], warnings: [] }
    : { problems: [], warnings: ['outside-dates'] }
}
