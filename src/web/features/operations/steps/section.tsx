import { Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from '../operations.module.css'

/** Some fields under a heading. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={classes.section}>
      <Title order={3} id={id} className={classes.sectionTitle}>
        {title}
      </Title>
      {children}
    </section>
  )
}
