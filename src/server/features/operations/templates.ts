/** Taking over from templates what was chosen of them (D-123 to D-128). */
import type { z } from 'zod'
import { isEditable, StepState } from '#core/campaigns/campaign.ts'
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { OperationDraft, type OperationView } from '#core/operations/operation.ts'
import { StepParameters, withoutUnused } from '#core/operations/step.ts'
import { StepTypeDraft } from '#core/operations/tables.ts'
import { applyTemplate } from '#core/operations/template.ts'
import type { loadIntoOperation, loadIntoStep } from '#core/operations/template-api.ts'
import type { Database } from '#platform/db/database.ts'
import { audit } from '../access/service.ts'
import { copySteps, replaceContents } from './copy-queries.ts'
import { getOperation, updateOperation } from './operations.ts'
import { notFound } from './refusals.ts'
import * as queries from './step-queries.ts'
import { operationOf, updateStep } from './steps.ts'
import * as tables from './table-queries.ts'

type IntoOperation = z.output<typeof loadIntoOperation.input>

/** Its version is checked before anything is added: what was confirmed is what is there. */
export async function intoOperation(
  db: Database,
  actor: Actor,
  { id, version, campaignId, fields, stepIds }: IntoOperation,
): Promise<OperationView> {
  const now = OperationDraft.parse(await getOperation(db, id))
  const template = await getOperation(db, campaignId)
  if (stepIds.some((stepId) => !template.steps.some((step) => step.id === stepId))) {
    throw notFound()
  }
  const next = applyTemplate(now, OperationDraft.parse(template), fields)
  await updateOperation(db, actor, { ...next, id, version })
  await copySteps(db, stepIds, id)
  await audit(db, actor, 'operations/load-template', next.label, {
    campaignId: id,
    template: template.label,
    fields,
    steps: stepIds.length,
  })
  return getOperation(db, id)
}

type IntoStep = z.output<typeof loadIntoStep.input>

export async function intoStep(
  db: Database,
  actor: Actor,
  { id, version, templateStepId, fields, contents }: IntoStep,
): Promise<OperationView> {
  const source = await queries.operationOf(db, templateStepId)
  if (source === undefined) throw notFound()
  const template = (await getOperation(db, source)).steps.find((one) => one.id === templateStepId)
  const operation = await operationOf(db, id)
  const step = operation.steps.find((one) => one.id === id)
  if (!step?.isFinal || !template?.isFinal) throw notFound()
  const next = applyTemplate(StepParameters.parse(step), StepParameters.parse(template), fields)
  const type = StepTypeDraft.pick({ fields: true }).parse(
    await tables.findStepType(db, next.typeCode),
  )
  await updateStep(db, actor, { ...withoutUnused(next, type.fields), id, version })
  if (contents) {
    if (!isEditable(StepState.parse(step.state))) throw launched()
    await replaceContents(db, templateStepId, id)
  }
  await audit(db, actor, 'operations/load-template', operation.label, {
    stepId: id,
    template: template.label,
    fields,
    contents,
  })
  return getOperation(db, operation.id)
}

const launched = () =>
  new AppError('conflict', 'operations/step-launched', 'The step was launched: its history stays.')
