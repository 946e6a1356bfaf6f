import { Text } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './field-error.module.css'

/** What is wrong with an entry, beside it and announced; nothing when there is no problem. */
export function FieldError({ children, id }: { children: ReactNode; id?: string }) {
  if (!children) return null
  return (
    <Text
      size="sm"
      c="var(--mantine-color-error)"
      role="alert"
      className={classes.error ?? ''}
      {...(id ? { id } : {})}
    >
      <IconAlertCircle size={16} aria-hidden />
      <span>{children}</span>
    </Text>
  )
}
