import { Button, type ButtonProps } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LabelPeople } from '#core/labels/order.ts'
import { MayTip } from '../../ui/may-tip.tsx'
import { useMay } from '../access/session.ts'

const LabelsDialog = lazy(() =>
  import('./labels-dialog.tsx').then((module) => ({ default: module.LabelsDialog })),
)

type Props = { people: LabelPeople; size?: ButtonProps['size']; disabled?: boolean }

/** Labels for several customers: of the list, a segment, a mailing. */
export function LabelsButton({ people, size = 'sm', disabled = false }: Props) {
  const { t } = useTranslation('labels')
  const may = useMay('exports.run')
  const [opened, setOpened] = useState(false)
  return (
    <>
      <MayTip may={may}>
        {(state) => (
          <Button
            {...state}
            variant="default"
            size={size}
            disabled={state.disabled || disabled}
            leftSection={<IconPrinter size={15} />}
            onClick={() => setOpened(true)}
          >
            {t('print')}
          </Button>
        )}
      </MayTip>
      {opened && (
        <Suspense>
          <LabelsDialog people={people} onClose={() => setOpened(false)} />
        </Suspense>
      )}
    </>
  )
}
