import { Group, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './empty-state.module.css'

type Props = {
  icon: ReactNode
  /** What is not there. */
  title: string
  /** What it is good for, and what to do next. */
  description: ReactNode
  /** The next step as buttons. */
  actions?: ReactNode
  /** Inside a panel of its own: without the dashed border. */
  plain?: boolean
}

export function EmptyState({ icon, title, description, actions, plain = false }: Props) {
  return (
    <div className={classes.empty} data-plain={plain || undefined}>
      <div className={classes.icon} aria-hidden>
        {icon}
      </div>
      <Title order={2} className={classes.title}>
        {title}
      </Title>
      <div className={classes.description}>{description}</div>
      {actions !== undefined && (
        <Group gap="xs" justify="center" mt={6}>
          {actions}
        </Group>
      )}
    </div>
  )
}
