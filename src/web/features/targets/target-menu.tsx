import { Menu } from '@mantine/core'
import {
  IconAddressBook,
  IconCheck,
  IconHelpCircle,
  IconLink,
  IconLinkOff,
  IconSend,
  IconTrash,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { TargetRow } from '#core/targets/target.ts'
import { useMay } from '../access/session.ts'
import { useTables } from '../operations/operation-data.ts'
import { nameOf } from './target-words.ts'
import classes from './targets.module.css'
import type { TargetChange } from './targets-data.ts'

export type MenuAt = { row: TargetRow; x: number; y: number }

type Props = {
  at: MenuAt | null
  onClose: () => void
  onChange: (change: TargetChange) => void
  onWhy: (row: TargetRow) => void
  /** Given when the step can be launched for one person. */
  onLaunch?: ((row: TargetRow) => void) | undefined
}

/** What can be done with one person; opened by right click, by the menu key or by the button of the row. */
export function TargetMenu({ at, onClose, onChange, onWhy, onLaunch }: Props) {
  const { t } = useTranslation('targets')
  const navigate = useNavigate()
  const mayOpen = useMay('customers.view')
  const mayWrite = useMay('mailings.write')
  const { statesOf } = useTables()
  if (!at) return null
  const { row } = at
  const people = { partyIds: [row.partyId] }
  return (
    <Menu opened onClose={onClose} position="bottom-start" withinPortal>
      <Menu.Target>
        <span className={classes.menuAt} style={{ left: at.x, top: at.y }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={t('menu.of', { name: nameOf(row) })}>
        <Menu.Label>{nameOf(row)}</Menu.Label>
        <Menu.Item
          leftSection={<IconAddressBook size={16} />}
          disabled={!mayOpen}
          onClick={() =>
            void navigate({ to: '/customers/$id', params: { id: String(row.partyId) } })
          }
        >
          {t('menu.open')}
        </Menu.Item>
        <Menu.Item leftSection={<IconHelpCircle size={16} />} onClick={() => onWhy(row)}>
          {t('menu.why')}
        </Menu.Item>
        {onLaunch && (
          <Menu.Item
            leftSection={<IconSend size={16} />}
            disabled={!mayWrite || !row.isLinked}
            onClick={() => onLaunch(row)}
          >
            {t(row.viaContacts ? 'menu.launchAll' : 'menu.launch')}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Label>{t(row.viaContacts ? 'menu.statusOfAll' : 'menu.status')}</Menu.Label>
        {statesOf('target').map(({ code, label }) => (
          <Menu.Item
            key={code}
            disabled={!mayWrite || code === row.status}
            leftSection={
              code === row.status ? <IconCheck size={16} /> : <span className={classes.noIcon} />
            }
            onClick={() => onChange({ kind: 'status', people, status: code })}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          disabled={!mayWrite}
          leftSection={row.isLinked ? <IconLinkOff size={16} /> : <IconLink size={16} />}
          onClick={() => onChange({ kind: 'link', people, linked: !row.isLinked })}
        >
          {t(row.isLinked ? 'menu.unlink' : 'menu.link')}
        </Menu.Item>
        <Menu.Item
          color="red"
          disabled={!mayWrite}
          leftSection={<IconTrash size={16} />}
          onClick={() => onChange({ kind: 'remove', people })}
        >
          {t('menu.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
