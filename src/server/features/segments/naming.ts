/** The names behind the numbers in criteria, for their sentence. */
import type { Dictionary } from '#core/segments/api.ts'
import { type CriteriaNode, criteriaOf } from '#core/segments/criteria.ts'
import type { Naming } from '#core/segments/phrase.ts'
import { campaignsAsked, stepsNamed } from '#core/segments/segment.ts'
import type { Database } from '#platform/db/database.ts'
import * as dictionary from './dictionary-queries.ts'

export type Telling = dictionary.Telling

/** `campaignIds` are mailings named besides those in the trees. */
export async function loadNaming(
  db: Database,
  trees: CriteriaNode[],
  options: Telling & { campaignIds?: number[]; articleIds?: number[] },
): Promise<Naming> {
  const criteria = trees.flatMap(criteriaOf)
  const articleIds = criteria.flatMap((criterion) => {
    if (criterion.kind === 'bought' && criterion.what === 'article') return criterion.ids
    if (criterion.kind !== 'purchases' || criterion.of?.what !== 'article') return []
    return criterion.of.ids
  })
  const campaignIds = trees.flatMap(campaignsAsked)
  const [all, named] = await Promise.all([
    dictionary.names(db, options),
    dictionary.namedBesides(db, options, {
      articleIds: [...articleIds, ...(options.articleIds ?? [])],
      campaignIds: [...campaignIds, ...(options.campaignIds ?? [])],
      stepIds: trees.flatMap(stepsNamed),
    }),
  ])
  const byId = (rows: { id: number; label: string }[]) =>
    new Map(rows.map(({ id, label }) => [String(id), label]))
  const labels: Record<Parameters<Naming>[0], Map<string, string>> = {
    store: byId(all.stores),
    category: byId(all.categories),
    cardType: byId(all.cardTypes),
    department: byId(all.departments),
    tag: byId(all.tags),
    list: byId(all.lists),
    segment: byId(all.segments),
    article: byId(named.articles),
    mailing: byId(named.mailings),
    step: byId(named.steps),
    status: new Map(all.statuses.map(({ code, label }) => [code, label])),
    'step-state': stateNames(all.states, 'step'),
    'operation-state': stateNames(all.states, 'operation'),
    kind: new Map(all.kinds.map(({ code, label }) => [code, label])),
    field: new Map(all.customFields.map(({ key, label }) => [key, label])),
    option: new Map(
      all.customFields.flatMap(({ key, options: of }) =>
        of.map(({ value, label }) => [`${key}.${value}`, label] as const),
      ),
    ),
    ...activityNames(all.activityTypes),
    question: byId(all.questions),
    answer: new Map(
      all.questions.flatMap(({ id, choices }) =>
        choices.map(({ code, label }) => [`${id}.${code}`, label] as const),
      ),
    ),
  }
  return (kind, id) => labels[kind].get(id)
}

const stateNames = (states: Dictionary['states'], entity: 'step' | 'operation') =>
  new Map(states.flatMap((one) => (one.entity === entity ? [[one.code, one.label] as const] : [])))

/** Types, their fields as `3.reason` and the options of those as `3.reason.late`. */
function activityNames(types: Dictionary['activityTypes']) {
  const fields = types.flatMap(({ id, customFields }) =>
    customFields.map((field) => ({ ...field, place: `${id}.${field.key}` })),
  )
  return {
    activityType: new Map(types.map(({ id, label }) => [String(id), label])),
    activityField: new Map(fields.map(({ place, label }) => [place, label])),
    activityOption: new Map(
      fields.flatMap(({ place, options }) =>
        options.map(({ value, label }) => [`${place}.${value}`, label] as const),
      ),
    ),
  }
}
