import '@mantine/notifications/styles.layer.css'
import { Notifications } from '@mantine/notifications'

/** Where messages appear. A file of its own, so that its code may come after the first page. */
export function Messages() {
  return <Notifications position="bottom-right" />
}
