import { Alert, Button, Group, Text } from '@mantine/core'
import { IconHelpCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { settleUnknown } from '#core/delivery/api.ts'
import type { DeliverySummary } from '#core/delivery/run.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { useMay } from '../access/session.ts'
import { useRunCommand } from './delivery-data.ts'
import { settlings } from './settle-one.tsx'

/** Messages of which nobody knows whether they left: a person decides, never the program. */
export function UnknownNotice({ summary: { stepId, counts } }: { summary: DeliverySummary }) {
  const { t } = useTranslation('delivery')
  const { integer } = useFormat()
  const problemText = useProblemText()
  const may = useMay('mailings.write')
  const settle = useRunCommand(stepId, (as: (typeof settlings)[number]) =>
    call(settleUnknown, { stepId, as }),
  )
  const count = counts.unknown ?? 0
  return (
    <Alert
      color="orange"
      variant="light"
      icon={<IconHelpCircle size={18} />}
      title={t('unknown.title', { count, n: integer(count) })}
    >
      <Text size="sm">{t('unknown.text')}</Text>
      <Group gap="xs" mt="sm">
        {settlings.map((as) => (
          <MayTip key={as} may={may}>
            {(state) => (
              <Button
                size="xs"
                variant="default"
                loading={settle.isPending && settle.variables === as}
                onClick={() => settle.mutate(as)}
                {...state}
              >
                {t(`unknown.as.${as}`)}
              </Button>
            )}
          </MayTip>
        ))}
      </Group>
      <FieldError>{settle.error && problemText(settle.error)}</FieldError>
    </Alert>
  )
}
