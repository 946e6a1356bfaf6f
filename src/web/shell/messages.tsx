import '@mantine/notifications/styles.layer.css'
import { Notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import classes from './messages.module.css'

/** Where messages appear. A file of its own, so that its code may come after the first page. */
export function Messages() {
  useRoomForMessages()
  return <Notifications position="bottom-right" limit={3} className={classes.messages ?? ''} />
}

/** Tells the styles how much of the window messages cover: bars at its bottom stand above them. */
function useRoomForMessages(): void {
  useEffect(() => {
    const boxes = document.querySelectorAll(`.${classes.messages}[data-position='bottom-right']`)
    const observer = new ResizeObserver((entries) => {
      const height = Math.max(...entries.map(({ target }) => target.clientHeight))
      document.documentElement.style.setProperty(
        '--app-messages',
        height > 0 ? `${height + 24}px` : '0px',
      )
    })
    for (const box of boxes) observer.observe(box)
    return () => observer.disconnect()
  }, [])
}
