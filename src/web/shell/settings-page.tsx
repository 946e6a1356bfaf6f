import { NavLink } from '@mantine/core'
import { Link, Navigate, Outlet, useRouterState } from '@tanstack/react-router'
import { Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useActor } from '../features/access/session.ts'
import { usePageTitle } from '../ui/page-header.tsx'
import classes from './settings-page.module.css'
import { type SettingsSection, settingsGroups, settingsSections } from './settings-sections.ts'

const isRoot = (path: string) => path === '/settings' || path === '/settings/'

/** The frame of all settings: the list of sections at the side, the chosen one beside it. */
export function SettingsPage() {
  const { t } = useTranslation()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const rights = useActor()?.rights ?? []
  const sections = settingsSections.filter(({ may }) => rights.includes(may))
  const first = sections[0]
  const side = useRef<HTMLElement>(null)
  usePageTitle(t('nav.settings'))
  // On a phone the list is one line that runs sideways: the section that is open may lie out of sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each change of section
  useEffect(() => {
    const here = side.current?.querySelector<HTMLElement>('[aria-current]')
    if (side.current && here)
      side.current.scrollLeft = here.offsetLeft - side.current.offsetLeft - 48
  }, [path])
  return (
    <div className={classes.settings}>
      <nav ref={side} className={classes.side} aria-label={t('nav.settings')}>
        {settingsGroups.map((group) => (
          <Group
            key={group}
            name={group}
            sections={sections.filter((one) => one.group === group)}
          />
        ))}
      </nav>
      <div className={classes.content}>
        <Suspense>
          {first && isRoot(path) ? <Navigate to={first.to} replace /> : <Outlet />}
        </Suspense>
      </div>
    </div>
  )
}

function Group({ name, sections }: { name: string; sections: SettingsSection[] }) {
  const { t } = useTranslation()
  const path = useRouterState({ select: (state) => state.location.pathname })
  if (sections.length === 0) return null
  return (
    <section aria-labelledby={`settings-${name}`} className={classes.group}>
      <div id={`settings-${name}`} className={classes.groupName}>
        {t(`settingsGroups.${name}`)}
      </div>
      {sections.map(({ key, to, icon: Icon }) => {
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
    </section>
  )
}
