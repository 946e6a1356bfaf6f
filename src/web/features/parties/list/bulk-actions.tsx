import { Button } from '@mantine/core'
import { IconPencil, IconTag, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BulkAction } from '#core/parties/bulk.ts'
import type { PartySelection } from '#core/parties/list.ts'
import { useFormat } from '../../../platform/format.ts'
import { ConfirmTyped } from '../../../ui/confirm-typed.tsx'
import { MayTip } from '../../../ui/may-tip.tsx'
import { useMay } from '../../access/session.ts'
import { EditDialog } from './edit-dialog.tsx'
import { TagsDialog } from './tags-dialog.tsx'

type Props = {
  /** How many people are selected. */
  count: number
  selection: PartySelection
  busy: boolean
  onOrder: (action: BulkAction) => void
}

/** What can be done with the selected customers: each opens a dialog, each can be taken back. */
export function BulkActions({ count, selection, busy, onOrder }: Props) {
  const { t } = useTranslation('parties')
  const { integer } = useFormat()
  const may = useMay('customers.write')
  const [open, setOpen] = useState<BulkAction['kind'] | null>(null)
  const close = () => setOpen(null)
  const order = (action: BulkAction) => {
    close()
    onOrder(action)
  }
  const buttons = [
    ['tags', IconTag],
    ['edit', IconPencil],
    ['delete', IconTrash],
  ] as const
  return (
    <>
      {buttons.map(([kind, Icon]) => (
        <MayTip key={kind} may={may}>
          {(state) => (
            <Button
              {...state}
              variant="default"
              size="compact-sm"
              loading={busy}
              leftSection={<Icon size={15} />}
              onClick={() => setOpen(kind)}
            >
              {t(`bulk.${kind}`)}
            </Button>
          )}
        </MayTip>
      ))}
      <TagsDialog opened={open === 'tags'} count={count} onClose={close} onOrder={order} />
      <EditDialog
        opened={open === 'edit'}
        count={count}
        selection={selection}
        onClose={close}
        onOrder={order}
      />
      <ConfirmTyped
        opened={open === 'delete'}
        onClose={close}
        title={t('bulk.deleteTitle', { count, n: integer(count) })}
        number={count}
        action={t('bulk.delete')}
        onConfirm={() => order({ kind: 'delete' })}
        danger
      >
        {t('bulk.deleteText')}
      </ConfirmTyped>
    </>
  )
}
