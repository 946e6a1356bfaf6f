/** Gathers what compiling needs: the day and zone of the company, the custom fields and every segment named, through segments too. */

import { dayOf } from '#core/kernel/zone.ts'
import type { Criteria, CriteriaNode } from '#core/segments/criteria.ts'
import type { Evaluation } from '#core/segments/matches.ts'
import { campaignsAsked, segmentsNamed, stepsNamed } from '#core/segments/segment.ts'
import type { Database } from '#platform/db/database.ts'
import { companyZone } from '../company/service.ts'
import { type Compilation, unknownSegment } from './criteria-queries.ts'
import * as segments from './queries.ts'
import { statesOf } from './step-queries.ts'

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
  const zone = await companyZone(db)
  return {
    today: dayOf(now, zone),
    zone,
    segments: found,
    customTypes: await segments.customTypes(db),
    questionKinds: await segments.questionKinds(db),
    contactsAnswered: await segments.contactsAnswered(db),
    activityFields: await segments.activityFields(db),
  }
}

/** What reading criteria person by person needs beside: where the steps and operations named stand. */
export async function evaluationFor(
  db: Database,
  trees: CriteriaNode[],
  now: Date,
): Promise<Compilation & Evaluation> {
  const on = await compilationFor(db, trees, now)
  const all = [...trees, ...[...on.segments.values()].map(({ root }) => root)]
  const states = await statesOf(db, {
    steps: all.flatMap(stepsNamed),
    operations: all.flatMap(campaignsAsked),
  })
  return { ...on, states }
}
