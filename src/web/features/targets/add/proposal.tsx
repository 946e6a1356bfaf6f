import { Button, Loader } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { keepPreviousData, skipToken, useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import * as api from '#core/targets/api.ts'
import type { Proposal, TargetSource } from '#core/targets/source.ts'
import { call } from '../../../platform/call.ts'
import { useFormat } from '../../../platform/format.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { FieldError } from '../../../ui/field-error.tsx'
import { useCatalogue } from '../../parties/catalogue.ts'
import classes from '../targets.module.css'
import { targetsKey } from '../targets-data.ts'

type Props = {
  stepId: number
  /** Undefined while it is not whole. */
  source: TargetSource | undefined
  onAdded: (batch: number | null) => void
}

/** What would come of it, and the button that does it. */
export function ProposalFoot({ stepId, source, onAdded }: Props) {
  const { t } = useTranslation('targets')
  const { integer } = useFormat()
  const problemText = useProblemText()
  const proposal = useQuery({
    queryKey: [...targetsKey(stepId), 'proposal', source],
    queryFn: source
      ? ({ signal }: { signal: AbortSignal }) =>
          call(api.proposeTargets, { id: stepId, source }, signal)
      : skipToken,
    placeholderData: keepPreviousData,
  })
  const add = useAdd(stepId, onAdded)
  const n = proposal.data?.added ?? 0
  const isReady = source !== undefined && proposal.data !== undefined && !proposal.isFetching
  return (
    <>
      {source && proposal.data && <ProposalFacts proposal={proposal.data} />}
      <FieldError>{add.error ? problemText(add.error) : undefined}</FieldError>
      <FieldError>{proposal.error ? problemText(proposal.error) : undefined}</FieldError>
      <div className={classes.foot}>
        {proposal.isFetching && <Loader size="xs" aria-label={t('add.counting')} />}
        <Button
          disabled={!isReady || n === 0}
          loading={add.isPending}
          onClick={() => source && add.mutate(source)}
        >
          {isReady ? t('add.do', { count: n, n: integer(n) }) : t('add.button')}
        </Button>
      </div>
    </>
  )
}

export function useAdd(stepId: number, onAdded: (batch: number | null) => void) {
  const { t } = useTranslation('targets')
  const { integer } = useFormat()
  return useMutation({
    mutationFn: (source: TargetSource) => call(api.addTargets, { id: stepId, source }),
    onSuccess: ({ added, batch }) => {
      notifications.show({
        message:
          added === null ? t('add.asJob') : t('add.done', { count: added, n: integer(added) }),
      })
      onAdded(added === null ? null : batch)
    },
  })
}

export function ProposalFacts({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation('targets')
  const { integer } = useFormat()
  const { kinds } = useCatalogue()
  const { proposed, added, already, contacted, wrongKinds } = proposal
  const labelOf = (kind: string) => kinds.find(({ code }) => code === kind)?.label ?? kind
  const lines = [
    ...(already > 0 ? [{ key: 'already', label: t('fact.already'), n: already }] : []),
    ...(contacted > 0 ? [{ key: 'contacted', label: t('fact.contacted'), n: contacted }] : []),
    ...wrongKinds.map(({ kind, people }) => ({
      key: `kind-${kind}`,
      label: t('fact.wrongKind', { kind: labelOf(kind) }),
      n: people,
    })),
  ]
  return (
    <ul className={classes.facts} aria-label={t('fact.label')}>
      <li>
        <span>{t('fact.proposed')}</span>
        <b>{integer(proposed)}</b>
      </li>
      {lines.map(({ key, label, n }) => (
        <li key={key}>
          <span>{label}</span>
          <b>−{integer(n)}</b>
        </li>
      ))}
      <li data-main>
        <span>{t('fact.added')}</span>
        <b role="status">{integer(added)}</b>
      </li>
    </ul>
  )
}
