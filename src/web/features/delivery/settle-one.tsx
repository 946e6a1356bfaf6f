import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { settleUnknown } from '#core/delivery/api.ts'
import type { MessageView } from '#core/delivery/message.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { useMay } from '../access/session.ts'
import { useRunCommand } from './delivery-data.ts'

export const settlings = ['submitted', 'again', 'refused'] as const
type Settling = (typeof settlings)[number]

type Props = { stepId: number; row: Pick<MessageView, 'id' | 'name' | 'address'> }

/** What becomes of one message of which nobody knows whether it left. */
export function SettleOne({ stepId, row: { id, name, address } }: Props) {
  const { t } = useTranslation('delivery')
  const may = useMay('mailings.write')
  const problemText = useProblemText()
  const settle = useRunCommand(stepId, (as: Settling) =>
    call(settleUnknown, { stepId, as, messageIds: [id] }),
  )
  return (
    <>
      <MayTip may={may}>
        {(state) => (
          <Menu position="bottom-start" withinPortal>
            <Menu.Target>
              <Button
                size="compact-xs"
                variant="default"
                rightSection={<IconChevronDown size={12} />}
                loading={settle.isPending}
                aria-label={t('unknown.settleOf', { name: name || address })}
                {...state}
              >
                {t('unknown.settle')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {settlings.map((as) => (
                <Menu.Item key={as} onClick={() => settle.mutate(as)}>
                  {t(`unknown.one.${as}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </MayTip>
      <FieldError>{settle.error && problemText(settle.error)}</FieldError>
    </>
  )
}
