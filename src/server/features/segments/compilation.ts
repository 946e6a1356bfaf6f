/** Gathers what compiling needs: the day, the custom fields and every segment named, through segments too. */
import type { Criteria, CriteriaNode } from '#core/segments/criteria.ts'
import { segmentsNamed } from '#core/segments/segment.ts'
import type { Database } from '#platform/db/database.ts'
import { dayOf } from '#platform/today.ts'
import { type Compilation, unknownSegment } from './criteria-queries.ts'
import * as segments from './queries.ts'

export async function compilationFor(
  db: Database,
  trees: CriteriaNode[],
  now: Date,
): Promise<Compilation> {
  const found = new Map<number, Criteria>()
  let missing = trees.flatMap(segmentsNamed)
  while (missing.length > 0) {
    const loaded = await segments.findMany(db, missing)
    for (const { id, criteria } of loaded) found.set(id, criteria)
    const gone = missing.find((id) => !found.has(id))
    if (gone !== undefined) throw unknownSegment(gone)
    missing = loaded
      .flatMap(({ criteria }) => segmentsNamed(criteria.root))
      .filter((id) => !found.has(id))
  }
  return {
    today: dayOf(now),
    segments: found,
    customTypes: await segments.customTypes(db),
    questionKinds: await segments.questionKinds(db),
    contactsAnswered: await segments.contactsAnswered(db),
    activityFields: await segments.activityFields(db),
  }
}
