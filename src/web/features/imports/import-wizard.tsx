import { Alert, Loader } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { ImportView } from '#core/imports/import.ts'
import { ImportKind, type Plan } from '#core/imports/plan.ts'
import { useFormat } from '../../platform/format.ts'
import { useUrlState } from '../../platform/url-state.ts'
import { ColumnsStep } from './columns-step.tsx'
import { RulesStep } from './rules-step.tsx'
import { type Step, StepTrail } from './step-trail.tsx'
import { TrialStep } from './trial-step.tsx'
import { useGuess } from './use-imports.ts'

const WizardState = z.object({
  step: z.enum(['columns', 'rules', 'trial']).optional().catch(undefined),
  kind: ImportKind.optional().catch(undefined),
})

/** Steps two to four: what the columns are, the rules, the dry run. The step and the kind are in the address. */
export function ImportWizard({ view }: { view: ImportView }) {
  const { t } = useTranslation('imports')
  const [{ step: chosen, kind }, set] = useUrlState(WizardState)
  const { data } = useGuess(view.id, kind, view.reading.headers)
  const [edited, setEdited] = useState<Plan>()
  if (!data) return <Loader aria-label={t('loading')} />
  const own = [edited, view.plan].find((plan) => plan && (!kind || plan.kind === kind))
  const plan = own ?? data.guess.plan
  const step = chosen ?? (view.state === 'draft' ? 'columns' : 'trial')
  const go = (next: Step) => {
    if (next === 'columns' || next === 'rules' || next === 'trial')
      set({ step: next }, { push: true })
  }
  const props = { view, plan, onChange: setEdited, onGo: go }
  return (
    <>
      <StepTrail current={step} onGo={go} reachable={(to) => to !== 'file' && to !== 'run'} />
      <Earlier earlier={data.earlier} />
      {step === 'columns' && (
        <ColumnsStep
          {...props}
          guess={data.guess}
          isOwn={Boolean(own)}
          onKind={(next) => {
            setEdited(undefined)
            set({ kind: next })
          }}
        />
      )}
      {step === 'rules' && <RulesStep {...props} />}
      {step === 'trial' && <TrialStep {...props} />}
    </>
  )
}

export type StepProps = {
  view: ImportView
  plan: Plan
  onChange: (plan: Plan) => void
  onGo: (step: Step) => void
}

type EarlierImport = { id: number; createdAt: string; state: string; fileName: string }

/** The very same bytes came before: probably not meant. */
function Earlier({ earlier }: { earlier: readonly EarlierImport[] }) {
  const { t } = useTranslation('imports')
  const { instant } = useFormat()
  const [last] = earlier
  if (!last) return null
  return (
    <Alert color="orange" icon={<IconCopy aria-hidden />} title={t('same.title')}>
      {t('same.text', { at: instant(last.createdAt) })}{' '}
      <Link to="/imports/$id" params={{ id: String(last.id) }}>
        {t('same.link')}
      </Link>
    </Alert>
  )
}
