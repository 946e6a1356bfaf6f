import { IconQuote } from '@tabler/icons-react'
import classes from './segments.module.css'

/** What criteria or a selection say, as the server reads them back. */
export function Sentence({ children }: { children: string | undefined }) {
  if (!children) return null
  return (
    <p className={classes.sentence} role="status">
      <IconQuote size={16} aria-hidden className={classes.quote} />
      <span>{children}</span>
    </p>
  )
}
