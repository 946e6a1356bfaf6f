import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OperationView } from '#core/operations/operation.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { FieldError } from '../../../ui/field-error.tsx'
import { useMay } from '../../access/session.ts'
import { ChannelIcon } from '../channel-icon.tsx'
import { useTables } from '../operation-data.ts'
import classes from '../operations.module.css'
import { useAddStep } from './use-add-step.ts'

type Props = { operation: OperationView; onAdded: (stepId: number) => void }

/** An operation without steps: what it could begin with. */
export function FirstStep({ operation, onAdded }: Props) {
  const { t } = useTranslation('operations')
  const problemText = useProblemText()
  const may = useMay('mailings.write')
  const { stepTypes } = useTables()
  const { add, isPending, error } = useAddStep(operation, onAdded)
  return (
    <section className={classes.first} aria-labelledby="first-step">
      <Title order={2} id="first-step" className={classes.firstTitle}>
        {t('first.title')}
      </Title>
      <Text size="sm" c="dimmed">
        {t(may ? 'first.text' : 'first.readOnly')}
      </Text>
      {may && (
        <div className={classes.cards}>
          {stepTypes
            .filter(({ isActive }) => isActive)
            .map((type) => (
              <button
                key={type.code}
                type="button"
                className={classes.card}
                disabled={isPending}
                onClick={() => add({ typeCode: type.code })}
              >
                <ChannelIcon channel={type.channel} />
                <span>
                  <span className={classes.cardTitle}>{type.label}</span>
                  <span className={classes.cardText}>{t(`channelHelp.${type.channel}`)}</span>
                </span>
              </button>
            ))}
        </div>
      )}
      {error && <FieldError>{problemText(error)}</FieldError>}
    </section>
  )
}
