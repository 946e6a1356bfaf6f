import type { ReactNode } from 'react'
import classes from './page.module.css'

type Props = {
  children: ReactNode
  /** The page is exactly as high as the window and its parts scroll: for long lists. On a phone it scrolls as usual. */
  fill?: boolean
  /** Text and forms are easier to read narrow. */
  narrow?: boolean
}

/** The margins and rhythm of every page. */
export function Page({ children, fill = false, narrow = false }: Props) {
  return (
    <div className={classes.page} data-fill={fill || undefined} data-narrow={narrow || undefined}>
      {children}
    </div>
  )
}
