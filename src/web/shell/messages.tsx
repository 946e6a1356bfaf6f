import '@mantine/notifications/styles.layer.css'
import { Notifications, useNotifications } from '@mantine/notifications'
import { useEffect } from 'react'
import classes from './messages.module.css'

/** Where messages appear. A file of its own, so that its code may come after the first page. */
export function Messages() {
  useRoomForMessages()
  return <Notifications position="bottom-right" limit={3} className={classes.messages ?? ''} />
}

/** Tells the styles how much of the window messages cover: bars at its bottom stand above them. */
function useRoomForMessages(): void {
  // The kit's boxes are there once there is something to say.
  const isSaying = useNotifications().notifications.length > 0
  useEffect(() => {
    if (!isSaying) return
    const box = document.querySelector(`.${classes.messages}[data-position='bottom-right']`)
    const observer = new ResizeObserver(() => leaveRoom(box?.clientHeight ?? 0))
    if (box) observer.observe(box)
    return () => {
      observer.disconnect()
      leaveRoom(0)
    }
  }, [isSaying])
}

const gap = 24

function leaveRoom(height: number): void {
  const room = height > 0 ? `${height + gap}px` : '0px'
  document.documentElement.style.setProperty('--app-messages', room)
}
