import { Avatar, Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconKeyboard, IconLogout, IconUserCircle } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useActor } from '../features/access/session.ts'
import { useLeave } from '../features/access/use-enter.ts'
import classes from './shell.module.css'

const initialsOf = (name: string) =>
  name
    .split(/[\s-]+/)
    .map((word) => word.slice(0, 1))
    .slice(0, 2)
    .join('')
    .toUpperCase()

export function UserMenu({ onHelp }: { onHelp: () => void }) {
  const { t } = useTranslation()
  const actor = useActor()
  const navigate = useNavigate()
  const signOut = useLeave()
  if (!actor) return null
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton className={classes.user ?? ''}>
          <Avatar size={30} color="brand" variant="filled">
            {initialsOf(actor.name)}
          </Avatar>
          <VisuallyHidden>{t('shell.user', { name: actor.name })}</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)" truncate>
            {actor.name}
          </Text>
          <Text size="xs" truncate>
            {actor.email}
          </Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconUserCircle size={16} />}
          onClick={() => void navigate({ to: '/account' })}
        >
          {t('shell.account')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={onHelp}>
          {t('keys.title')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={signOut}>
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
