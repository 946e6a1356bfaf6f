/** What a step of an operation, its type and its header say about launching it. */
import { sql } from 'kysely'
import { z } from 'zod'
import { StepChannel, StepFields } from '#core/campaigns/step-type.ts'
import { OutsideDates } from '#core/operations/operation.ts'
import type { Database } from '#platform/db/database.ts'

const Rules = z.object({
  isFinal: z.boolean(),
  isTemplate: z.boolean(),
  channel: StepChannel,
  fields: StepFields,
  /** The sending profile of the step, or of its type; the channel's default one when null. */
  relayId: z.number().nullable(),
  finalStatus: z.object({ code: z.string(), labelFr: z.string(), labelEn: z.string() }),
  startsAt: z.string().nullable(),
  doneAt: z.string().nullable(),
  activityTypeId: z.number().nullable(),
  attachesMessage: z.boolean(),
  questionnaireId: z.number().nullable(),
  questionId: z.number().nullable(),
  documentId: z.string().nullable(),
  attachments: z.number(),
  operation: z.object({
    startsAt: z.string().nullable(),
    endsAt: z.string().nullable(),
    outsideDates: OutsideDates,
  }),
})
export type Rules = z.infer<typeof Rules>

export async function findRules(db: Database, stepId: number): Promise<Rules> {
  const row = await db
    .selectFrom('steps as s')
    .innerJoin('campaigns as c', 'c.id', 's.campaignId')
    .innerJoin('stepTypes as t', 't.code', 's.typeCode')
    .innerJoin('entityStates as e', (on) =>
      on.onRef('e.code', '=', 's.finalStatus').on('e.entity', '=', 'target'),
    )
    .where('s.id', '=', stepId)
    .select(['e.code', 'e.labelFr', 'e.labelEn'])
    .select(['s.isFinal', 's.startsAt', 's.doneAt', 's.activityTypeId'])
    .select(['s.attachesMessage', 's.questionnaireId', 's.questionId', 's.documentId'])
    .select(['t.channel', 't.fields', 'c.outsideDates'])
    .select(['c.startsAt as operationStartsAt', 'c.endsAt as operationEndsAt'])
    .select([
      sql<boolean>`s.is_template or c.is_template`.as('isTemplate'),
      sql<number | null>`coalesce(s.relay_id, t.relay_id)`.as('relayId'),
      sql<number>`(select count(*) from step_attachments a where a.step_id = s.id)`.as(
        'attachments',
      ),
    ])
    .executeTakeFirstOrThrow()
  const { operationStartsAt, operationEndsAt, outsideDates, code, labelFr, labelEn, ...rest } = row
  return Rules.parse({
    ...rest,
    finalStatus: { code, labelFr, labelEn },
    operation: { startsAt: operationStartsAt, endsAt: operationEndsAt, outsideDates },
  })
}
