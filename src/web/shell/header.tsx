import { ActionIcon, Kbd, UnstyledButton } from '@mantine/core'
import { IconMenu2, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { JobsTray } from '../features/jobs/jobs-tray.tsx'
import classes from './shell.module.css'
import { LocaleSwitch, ThemeSwitch } from './switches.tsx'

const UserMenu = lazy(async () => ({ default: (await import('./user-menu.tsx')).UserMenu }))

type Props = { menuOpened: boolean; onMenu: () => void; onSearch: () => void; onHelp: () => void }

export function Header({ menuOpened, onMenu, onSearch, onHelp }: Props) {
  const { t } = useTranslation()
  return (
    <div className={classes.headerRow}>
      <div className={classes.brand}>
        <ActionIcon
          hiddenFrom="sm"
          variant="subtle"
          color="gray"
          size={34}
          onClick={onMenu}
          aria-label={t('shell.menu')}
          aria-expanded={menuOpened}
        >
          <IconMenu2 size={22} />
        </ActionIcon>
        <Link to="/" className={classes.logo ?? ''}>
          <img src="/icon.svg" alt="" width={28} height={28} />
          <span className={classes.appName}>{t('app')}</span>
        </Link>
      </div>
      <UnstyledButton
        className={classes.search ?? ''}
        visibleFrom="sm"
        onClick={onSearch}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K"
      >
        <IconSearch size={16} aria-hidden />
        <span>{t('shell.search')}</span>
        <Kbd size="xs" aria-hidden>
          {t('shell.searchKey')}
        </Kbd>
      </UnstyledButton>
      <div className={classes.tools}>
        <ActionIcon
          hiddenFrom="sm"
          variant="default"
          size={30}
          onClick={onSearch}
          aria-haspopup="dialog"
          aria-label={t('shell.search')}
        >
          <IconSearch size={17} />
        </ActionIcon>
        <Suspense>
          <JobsTray />
        </Suspense>
        <LocaleSwitch />
        <ThemeSwitch />
        <Suspense fallback={<div className={classes.user} />}>
          <UserMenu onHelp={onHelp} />
        </Suspense>
      </div>
    </div>
  )
}
