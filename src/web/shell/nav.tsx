import { NavLink, Tooltip } from '@mantine/core'
import { Link, useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from './shell.module.css'
import { useNav } from './use-nav.ts'

const isWithin = (path: string, to: string) =>
  to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`)

type Props = {
  /** Icons alone, the words in tooltips. */
  narrow?: boolean
  onNavigate?: () => void
}

export function Nav({ narrow = false, onNavigate }: Props) {
  const { t } = useTranslation()
  const path = useRouterState({ select: (state) => state.location.pathname })
  return useNav().map(({ key, to, icon: Icon }) => {
    const active = isWithin(path, to)
    const name = t(`nav.${key}`)
    return (
      <Tooltip key={key} label={name} position="right" disabled={!narrow}>
        <NavLink
          renderRoot={(props) => <Link to={to} {...props} />}
          className={classes.navLink ?? ''}
          active={active}
          aria-current={active ? 'page' : undefined}
          label={narrow ? null : name}
          {...(narrow ? { 'aria-label': name } : {})}
          leftSection={<Icon size={18} stroke={1.7} />}
          {...(onNavigate ? { onClick: onNavigate } : {})}
        />
      </Tooltip>
    )
  })
}
