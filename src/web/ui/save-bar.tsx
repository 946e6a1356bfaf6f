import { Button, Group, Modal, Text } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useBlocker } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from './save-bar.module.css'

type Props = {
  dirty: boolean
  saving: boolean
  onSave: () => void
  onReset: () => void
  /** Why it cannot be saved as it is; shown in the bar. */
  problem?: string | undefined
}

/**
 * Appears at the bottom when something was changed. Ctrl+S saves from anywhere, fields included; leaving
 * the page with changes asks first.
 */
export function SaveBar({ dirty, saving, onSave, onReset, problem }: Props) {
  const { t } = useTranslation()
  useHotkeys([['mod+S', () => dirty && !saving && onSave()]], [])
  return (
    <>
      <LeaveGuard active={dirty && !saving} />
      {dirty && (
        <section className={classes.bar} aria-label={t('ui.save.bar')}>
          <Text size="sm" fw={560} role="status" c={problem ? 'var(--mantine-color-error)' : ''}>
            {problem ?? t('ui.save.unsaved')}
          </Text>
          <Group gap="xs">
            <Button variant="default" onClick={onReset} disabled={saving}>
              {t('ui.save.reset')}
            </Button>
            <Button onClick={onSave} loading={saving} aria-keyshortcuts="Control+S">
              {t('ui.save.save')}
            </Button>
          </Group>
        </section>
      )}
    </>
  )
}

/** Asks before the page is left while `active`; a change of tab or filter on the same page is no leaving. */
export function LeaveGuard({ active }: { active: boolean }) {
  const { t } = useTranslation()
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => active && current.pathname !== next.pathname,
    enableBeforeUnload: active,
    withResolver: true,
  })
  return (
    <Modal opened={status === 'blocked'} onClose={() => reset?.()} title={t('ui.save.leaveTitle')}>
      <Text size="sm">{t('ui.save.leaveText')}</Text>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" color="red" onClick={() => proceed?.()}>
          {t('ui.save.leave')}
        </Button>
        <Button data-autofocus onClick={() => reset?.()}>
          {t('ui.save.stay')}
        </Button>
      </Group>
    </Modal>
  )
}
