import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { FixedCost } from '#core/operations/operation.ts'
import { useFormat } from '../../platform/format.ts'
import { useCatalogue } from '../parties/catalogue.ts'
import { questionnairesQuery, questionsQuery } from './choices.ts'
import { useTables } from './operation-data.ts'
import { useDelayText } from './steps/delay.ts'

/** Names of the fields of operations and steps, and their values as people read them. */
export function useFieldWords() {
  const { t } = useTranslation('operations')
  const { instant, money } = useFormat()
  const tables = useTables()
  const catalogue = useCatalogue()
  const delayText = useDelayText()
  const { data: questionnaires = [] } = useQuery(questionnairesQuery)
  const { data: questions = [] } = useQuery(questionsQuery)
  const nothing = t('values.none')

  const named =
    <T extends { id: number | string; label: string }>(entries: readonly T[]) =>
    (value: unknown) =>
      entries.find(({ id }) => id === value)?.label ?? String(value)
  const date = (value: unknown) => instant(String(value))
  const word = (group: string) => (value: unknown) => t(`${group}.${String(value)}`)
  const state = (entity: 'operation' | 'step' | 'target') => (value: unknown) =>
    tables.stateOf(entity, String(value))?.label ?? String(value)
  const person = (value: unknown) =>
    tables.people.find(({ id }) => id === value)?.name ?? String(value)

  const writers: Record<string, (value: unknown) => string> = {
    startsAt: date,
    endsAt: date,
    doneAt: date,
    outsideDates: word('outsideDates'),
    audience: word('audience'),
    activityPer: word('activityPer'),
    distribution: word('distribution'),
    stateCode: state('operation'),
    statusCode: state('step'),
    finalStatus: state('target'),
    ownerId: person,
    activityOwnerId: person,
    typeId: named(tables.types),
    familyId: named(tables.families),
    keyId: named(tables.keys),
    relayId: named(tables.relays),
    questionnaireId: named(questionnaires),
    questionId: named(questions),
    activityTypeId: named(tables.activityTypes),
    typeCode: (value) => tables.typeOf(String(value))?.label ?? String(value),
    delayMinutes: (value) => (value === 0 ? nothing : delayText(Number(value))),
    progress: (value) => `${String(value)} %`,
    kinds: (value) =>
      (strings(value) ?? [])
        .map((code) => catalogue.kinds.find((kind) => kind.code === code)?.label ?? code)
        .join(', '),
    costs: (value) =>
      FixedCost.array()
        .parse(value)
        .map(({ label, amount, currency }) => `${label} ${money(amount, currency)}`)
        .join(', '),
  }

  return {
    labelOf: (field: string) => t(`fields.${field}`),
    textOf: (field: string, value: unknown): string => {
      if (isNothing(value)) return nothing
      const write = writers[field]
      if (write) return write(value)
      if (typeof value === 'boolean') return t(value ? 'values.yes' : 'values.no')
      return strings(value)?.join(', ') ?? String(value)
    },
  }
}

const strings = (value: unknown) => (Array.isArray(value) ? value.map(String) : undefined)

const isNothing = (value: unknown) =>
  value === null || value === undefined || value === '' || strings(value)?.length === 0
