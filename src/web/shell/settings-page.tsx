import { NavLink } from '@mantine/core'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { usePageTitle } from '../ui/page-header.tsx'
import classes from './settings-page.module.css'
import { settingsSections } from './settings-sections.ts'

/** The frame of all settings: the list of sections at the side, the chosen one beside it. */
export function SettingsPage() {
  const { t } = useTranslation()
  const path = useRouterState({ select: (state) => state.location.pathname })
  usePageTitle(t('nav.settings'))
  return (
    <div className={classes.settings}>
      <nav className={classes.side} aria-label={t('nav.settings')}>
        {settingsSections.map(({ key, to, icon: Icon }) => {
          const active = path.startsWith(to)
          return (
            <NavLink
              key={key}
              renderRoot={(props) => <Link to={to} {...props} />}
              className={classes.link ?? ''}
              active={active}
              aria-current={active ? 'page' : undefined}
              label={t(`settings.${key}`)}
              leftSection={<Icon size={17} stroke={1.7} />}
            />
          )
        })}
      </nav>
      <div className={classes.content}>
        <Suspense>
          <Outlet />
        </Suspense>
      </div>
    </div>
  )
}
