import { Group, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './page.module.css'

type Props = {
  title: string
  /** Beside the title: a state badge. */
  badge?: ReactNode
  /** One line below: counts, what the page is for. Announced when it changes. */
  subtitle?: ReactNode
  /** Buttons, the main one last. */
  actions?: ReactNode
}

/** The head of a page: its only `h1`, and the title of the browser tab. */
export function PageHeader({ title, badge, subtitle, actions }: Props) {
  usePageTitle(title)
  return (
    <div className={classes.header}>
      <div className={classes.heading}>
        <Group gap="xs">
          <Title order={1} className={classes.title}>
            {title}
          </Title>
          {badge}
        </Group>
        {subtitle !== undefined && (
          <p className={classes.subtitle} role="status">
            {subtitle}
          </p>
        )}
      </div>
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </div>
  )
}

export function usePageTitle(title: string): void {
  const { t } = useTranslation()
  const app = t('app')
  useEffect(() => {
    document.title = title === app ? app : `${title} · ${app}`
  }, [title, app])
}
