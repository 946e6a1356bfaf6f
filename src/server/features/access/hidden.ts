/**
 * The one place where confidentiality is enforced for what a call names, by its path or in its input: what is
 * hidden is replaced by a number that nothing has, so that each feature answers as for what is not there.
 */
import type { Actor } from '#core/kernel/actor.ts'
import type { Database } from '#platform/db/database.ts'
import { hiddenOf, type Named } from './confidentiality-queries.ts'

/** No sequence comes this far, and every id column can hold it. */
const nothing = 2_147_483_647

/** What `:id` is in paths that begin so. */
const paths: readonly (readonly [string, Named])[] = [
  ['/api/campaigns/:id', 'campaign'],
  ['/api/mailings/:id', 'campaign'],
  ['/api/operations/:id', 'campaign'],
  ['/api/steps/:id', 'step'],
  ['/api/contents/:id', 'content'],
  ['/api/conditions/:id', 'condition'],
  ['/api/messages/:id', 'message'],
  ['/api/activities/:id', 'activity'],
  ['/api/campaign-families/:id', 'family'],
]

/** What a number, or an array of them, means under these names wherever it stands in an input. */
const names: Readonly<Record<string, Named>> = {
  campaignId: 'campaign',
  copyOf: 'campaign',
  stepId: 'step',
  stepIds: 'step',
  originId: 'step',
  fromStepId: 'step',
  templateStepId: 'step',
  contentId: 'content',
  conditionId: 'condition',
  messageId: 'message',
  messageIds: 'message',
  activityId: 'activity',
  activityIds: 'activity',
  causeId: 'activity',
  activityTypeIds: 'activityType',
  familyId: 'family',
}

type Call<Input> = { path: string; input: Input }
type Naming = (name: string) => Named | undefined

export async function veil<Input>(
  { path, input }: Call<Input>,
  { db, actor }: { db: Database; actor: Actor },
): Promise<Input> {
  const here = paths.find(([start]) => path === start || path.startsWith(`${start}/`))
  const atTop: Naming = (name) => (name === 'id' ? here?.[1] : names[name])
  const named = new Map<Named, Set<number>>()
  replaceNamed(input, atTop, (what, id) => {
    named.set(what, (named.get(what) ?? new Set()).add(id))
    return id
  })
  const hidden = new Map<Named, Set<number>>()
  for (const [what, ids] of named)
    hidden.set(what, new Set(await hiddenOf(db, actor, what, [...ids])))
  if ([...hidden.values()].every(({ size }) => size === 0)) return input
  const veiled = replaceNamed(input, atTop, (what, id) =>
    hidden.get(what)?.has(id) ? nothing : id,
  )
  return veiled as Input
}

/** The value with each id in it, at any depth, as `replace` gives it. Inputs are parsed, so their depth has a limit. */
function replaceNamed(
  value: unknown,
  whatIs: Naming,
  replace: (what: Named, id: number) => number,
): unknown {
  const deeper = (inner: unknown) => replaceNamed(inner, (name) => names[name], replace)
  if (Array.isArray(value)) return value.map(deeper)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, inner]) => {
    const what = whatIs(name)
    if (what && typeof inner === 'number') return [name, replace(what, inner)]
    if (what && Array.isArray(inner)) {
      return [name, inner.map((id) => (typeof id === 'number' ? replace(what, id) : id))]
    }
    return [name, deeper(inner)]
  })
  return Object.fromEntries(entries)
}
