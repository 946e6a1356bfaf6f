import { Group, Paper, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './panel.module.css'

type Props = {
  /** The panel's heading; with it the panel is a named region of the page. */
  title?: string
  /** At the right of the heading. */
  actions?: ReactNode
  children: ReactNode
  /** For tables and lists that touch the edges. */
  flush?: boolean
  className?: string
}

/** A white box on the canvas: the unit that pages are made of. */
export function Panel({ title, actions, children, flush = false, className }: Props) {
  const id = useId()
  return (
    <Paper
      component="section"
      className={className ? `${classes.panel} ${className}` : (classes.panel ?? '')}
      data-flush={flush || undefined}
      {...(title === undefined ? {} : { 'aria-labelledby': id })}
    >
      {(title !== undefined || actions !== undefined) && (
        <Group justify="space-between" className={classes.head} gap="xs">
          {title !== undefined && (
            <Title order={2} id={id} className={classes.title}>
              {title}
            </Title>
          )}
          {actions}
        </Group>
      )}
      {children}
    </Paper>
  )
}
