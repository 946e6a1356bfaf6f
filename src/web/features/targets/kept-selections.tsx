import { ActionIcon, Button, Group, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import * as api from '#core/targets/api.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { useMay } from '../access/session.ts'
import classes from './targets.module.css'
import { targetsKey, useRefreshTargets } from './targets-data.ts'

/** `onLast`: none is left to be asked. */
type Props = { stepId: number; onLast: () => void }

/** The selections that a refresh asks; one that can no longer be asked is let go here. */
export function KeptSelections({ stepId, onLast }: Props) {
  const { t, i18n } = useTranslation('targets')
  const locale = i18n.language === 'fr' ? 'fr' : 'en'
  const { data = [] } = useQuery({
    queryKey: [...targetsKey(stepId), 'selections', locale],
    queryFn: ({ signal }) => call(api.listStepSelections, { id: stepId, locale }, signal),
  })
  return (
    <ul className={classes.facts} aria-label={t('refresh.selections')}>
      {data.map((kept) => (
        <Kept
          key={kept.id}
          stepId={stepId}
          kept={kept}
          onGone={data.length === 1 ? onLast : undefined}
        />
      ))}
    </ul>
  )
}

type KeptProps = {
  stepId: number
  kept: api.KeptSelection
  onGone: (() => void) | undefined
}

function Kept({ stepId, kept, onGone }: KeptProps) {
  const { t } = useTranslation('targets')
  const { instant } = useFormat()
  const may = useMay('mailings.write')
  const [asking, setAsking] = useState(false)
  const { source, sentence, addedAt, addedBy } = kept
  const functions = source.functions.join(', ') || t('add.allFunctions')
  const who = source.who === 'contacts' ? `${t('refresh.contactsOf', { functions })} ` : ''
  return (
    <li data-asking={asking || undefined}>
      <span>
        {who}
        {sentence}
        <span className={classes.below}>
          {t('refresh.added', { date: instant(addedAt), name: addedBy })}
        </span>
      </span>
      {asking ? (
        <LetGo
          stepId={stepId}
          selectionId={kept.id}
          onGone={onGone}
          onClose={() => setAsking(false)}
        />
      ) : (
        <MayTip may={may}>
          {(state) => (
            <ActionIcon
              {...state}
              variant="subtle"
              color="gray"
              flex="none"
              aria-label={t('refresh.drop', { sentence })}
              onClick={() => setAsking(true)}
            >
              <IconTrash size={16} />
            </ActionIcon>
          )}
        </MayTip>
      )}
    </li>
  )
}

type LetGoProps = {
  stepId: number
  selectionId: number
  onGone: (() => void) | undefined
  onClose: () => void
}

/** Nobody leaves the step by it, but what the selection was cannot be brought back. */
function LetGo({ stepId, selectionId, onGone, onClose }: LetGoProps) {
  const { t } = useTranslation('targets')
  const problemText = useProblemText()
  const refresh = useRefreshTargets()
  const drop = useMutation({
    mutationFn: () => call(api.dropStepSelection, { id: stepId, selectionId }),
    onSuccess: () => {
      onGone?.()
      return refresh()
    },
  })
  return (
    <div>
      <Text size="sm">{t('refresh.dropText')}</Text>
      <Group gap="xs" mt={6}>
        <Button size="xs" color="red" loading={drop.isPending} onClick={() => drop.mutate()}>
          {t('refresh.dropDo')}
        </Button>
        <Button size="xs" variant="default" onClick={onClose} data-autofocus>
          {t('refresh.dropNot')}
        </Button>
      </Group>
      <FieldError>{drop.error ? problemText(drop.error) : undefined}</FieldError>
    </div>
  )
}
