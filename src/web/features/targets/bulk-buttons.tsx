import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconLink, IconLinkOff, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TargetPeople } from '#core/targets/target.ts'
import { useFormat } from '../../platform/format.ts'
import { ConfirmTyped } from '../../ui/confirm-typed.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { useMay } from '../access/session.ts'
import { useTables } from '../operations/operation-data.ts'
import type { TargetChange } from './targets-data.ts'

type Props = {
  people: TargetPeople
  count: number
  busy: boolean
  onChange: (change: TargetChange) => void
}

/** What can be done with the people ticked. */
export function BulkButtons({ people, count, busy, onChange }: Props) {
  const { t } = useTranslation('targets')
  const { integer } = useFormat()
  const may = useMay('mailings.write')
  const { statesOf } = useTables()
  const [removing, setRemoving] = useState(false)
  const common = { variant: 'default', size: 'compact-sm', loading: busy } as const
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button {...common} disabled={!may} rightSection={<IconChevronDown size={14} />}>
            {t('bulk.status')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {statesOf('target').map(({ code, label }) => (
            <Menu.Item
              key={code}
              onClick={() => onChange({ kind: 'status', people, status: code })}
            >
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {([false, true] as const).map((linked) => (
        <MayTip key={String(linked)} may={may}>
          {(state) => (
            <Button
              {...common}
              {...state}
              leftSection={linked ? <IconLink size={15} /> : <IconLinkOff size={15} />}
              onClick={() => onChange({ kind: 'link', people, linked })}
            >
              {t(linked ? 'bulk.link' : 'bulk.unlink')}
            </Button>
          )}
        </MayTip>
      ))}
      <MayTip may={may}>
        {(state) => (
          <Button
            {...common}
            {...state}
            leftSection={<IconTrash size={15} />}
            onClick={() => setRemoving(true)}
          >
            {t('bulk.remove')}
          </Button>
        )}
      </MayTip>
      <ConfirmTyped
        opened={removing}
        onClose={() => setRemoving(false)}
        title={t('bulk.removeTitle', { count, n: integer(count) })}
        number={count}
        action={t('bulk.remove')}
        onConfirm={() => {
          setRemoving(false)
          onChange({ kind: 'remove', people })
        }}
        danger
      >
        {t('bulk.removeText')}
      </ConfirmTyped>
    </>
  )
}
