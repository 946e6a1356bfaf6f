import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../platform/problem-text.ts'

const thirtySeconds = 30_000

type Undoable = {
  message: string
  undo: () => Promise<unknown>
  /** How long it is offered; half a minute unless said. */
  forMs?: number
}

/** Says what was done and offers for a while to take it back. */
export function useUndoToast(): (done: Undoable) => void {
  const { t } = useTranslation()
  const problemText = useProblemText()
  return useCallback(
    ({ message, undo, forMs = thirtySeconds }) => {
      const run = async (id: string) => {
        notifications.hide(id)
        await undo().then(
          () => notifications.show({ message: t('ui.undone') }),
          (error: unknown) => notifications.show({ color: 'red', message: problemText(error) }),
        )
      }
      const id = notifications.show({
        autoClose: forMs,
        message: (
          <Group justify="space-between" wrap="nowrap">
            <span>{message}</span>
            <Button size="compact-sm" variant="light" flex="none" onClick={() => void run(id)}>
              {t('ui.undo')}
            </Button>
          </Group>
        ),
      })
    },
    [t, problemText],
  )
}
