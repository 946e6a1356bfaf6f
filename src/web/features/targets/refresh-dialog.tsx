import { Button, Checkbox, Loader, Modal, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StepOfOperation } from '#core/operations/operation.ts'
import * as api from '#core/targets/api.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { useMay } from '../access/session.ts'
import { KeptSelections } from './kept-selections.tsx'
import { nameOf } from './target-words.ts'
import classes from './targets.module.css'
import { targetsKey } from './targets-data.ts'

type Props = {
  step: StepOfOperation
  onClose: () => void
  onDone: (batch: number | null) => void
}

/** Who would enter and leave if the selections of the step were made today (L-18). */
export function RefreshDialog({ step, onClose, onDone }: Props) {
  const { t } = useTranslation('targets')
  const problemText = useProblemText()
  const { integer } = useFormat()
  const [enter, setEnter] = useState(true)
  const [leave, setLeave] = useState(false)
  const { data, error } = useQuery({
    queryKey: [...targetsKey(step.id), 'refresh'],
    queryFn: ({ signal }) => call(api.previewRefresh, { id: step.id }, signal),
  })
  const apply = useMutation({
    mutationFn: () => call(api.refreshTargets, { id: step.id, enter, leave }),
    onSuccess: ({ entered, left, batch }) => {
      notifications.show({
        message:
          entered === null || left === null
            ? t('refresh.asJob')
            : t('refresh.done', { entered: integer(entered), left: integer(left) }),
      })
      onDone(entered !== null && entered > 0 ? batch : null)
    },
  })
  const failed = error ?? apply.error
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('refresh.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <KeptSelections stepId={step.id} onLast={onClose} />
      {!data && !error && <Loader size="sm" aria-label={t('add.counting')} />}
      {data && !error && (
        <>
          <Checkbox
            mt="md"
            label={t('refresh.enter', { count: data.enter, n: integer(data.enter) })}
            checked={enter && data.enter > 0}
            disabled={data.enter === 0}
            onChange={(event) => setEnter(event.currentTarget.checked)}
          />
          <People stepId={step.id} side="enter" n={data.enter} />
          <Checkbox
            mt="md"
            label={t('refresh.leave', { count: data.leave, n: integer(data.leave) })}
            checked={leave && data.leave > 0}
            disabled={data.leave === 0}
            onChange={(event) => setLeave(event.currentTarget.checked)}
          />
          <People stepId={step.id} side="leave" n={data.leave} />
          {data.stay > 0 && (
            <Text mt="md" size="sm" c="dimmed">
              {t('refresh.stay', { count: data.stay, n: integer(data.stay) })}
            </Text>
          )}
        </>
      )}
      <FieldError>{failed ? problemText(failed) : undefined}</FieldError>
      <Apply
        disabled={!data || !((enter && data.enter > 0) || (leave && data.leave > 0))}
        busy={apply.isPending}
        onApply={() => apply.mutate()}
        onClose={onClose}
      />
    </Modal>
  )
}

type ApplyProps = { disabled: boolean; busy: boolean; onApply: () => void; onClose: () => void }

function Apply({ disabled, busy, onApply, onClose }: ApplyProps) {
  const { t } = useTranslation('targets')
  const may = useMay('mailings.write')
  return (
    <div className={classes.foot}>
      <Button variant="default" onClick={onClose}>
        {t('close')}
      </Button>
      <Button disabled={disabled || !may} loading={busy} onClick={onApply}>
        {t('refresh.apply')}
      </Button>
    </div>
  )
}

/** The first of them, by code. */
function People({ stepId, side, n }: { stepId: number; side: api.RefreshSide; n: number }) {
  const { t } = useTranslation('targets')
  const { integer } = useFormat()
  const most = 20
  const { data = [] } = useQuery({
    queryKey: [...targetsKey(stepId), 'refresh', side],
    queryFn: ({ signal }) =>
      call(api.listRefresh, { id: stepId, side, offset: 0, limit: most }, signal),
    enabled: n > 0,
  })
  if (n === 0) return null
  return (
    <Text size="sm" c="dimmed" className={classes.side ?? ''}>
      {data.map((person) => nameOf(person)).join(', ')}
      {n > most ? ` ${t('refresh.more', { count: n - most, n: integer(n - most) })}` : ''}
    </Text>
  )
}
