import { Button, Menu } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OperationView } from '#core/operations/operation.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { FieldError } from '../../../ui/field-error.tsx'
import { MayTip } from '../../../ui/may-tip.tsx'
import { TypeItems } from './type-items.tsx'
import { useAddStep } from './use-add-step.ts'

type Props = { operation: OperationView; may: boolean; onAdded: (stepId: number) => void }

/** A step at the end, of any type, or a title. */
export function AddStep({ operation, may, onAdded }: Props) {
  const { t } = useTranslation('operations')
  const problemText = useProblemText()
  const { add, isPending, error } = useAddStep(operation, onAdded)
  return (
    <div>
      <MayTip may={may}>
        {(state) => (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button leftSection={<IconPlus size={16} />} loading={isPending} {...state}>
                {t('step.add')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <TypeItems
                onStep={({ code }) => add({ typeCode: code })}
                onTitle={() => add({ title: true })}
              />
            </Menu.Dropdown>
          </Menu>
        )}
      </MayTip>
      {error && <FieldError>{problemText(error)}</FieldError>}
    </div>
  )
}
