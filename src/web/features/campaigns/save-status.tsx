import { Alert, Button, Group, Text } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconAlertCircle, IconCheck, IconCloudUpload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CallError } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import classes from './campaigns.module.css'
import type { SaveState } from './use-autosave.ts'

type Props = {
  state: SaveState
  error: unknown
  onRetry: () => unknown
  /** Saves the own text over what somebody else wrote. */
  onKeepMine: () => unknown
  /** Drops the own text for what somebody else wrote. */
  onTakeTheirs: () => unknown
}

/** Whether what was typed is safe; Ctrl+S saves at once. */
export function SaveStatus({ state, error, onRetry, onKeepMine, onTakeTheirs }: Props) {
  const { t } = useTranslation('campaigns')
  const problemText = useProblemText()
  useHotkeys([['mod+S', () => void onRetry()]], [])
  if (state !== 'failed') {
    const Icon = state === 'saved' ? IconCheck : IconCloudUpload
    return (
      <Text size="xs" c="dimmed" className={classes.saveState ?? ''} role="status">
        <Icon size={14} aria-hidden />
        {t(`save.${state}`)}
      </Text>
    )
  }
  const isConflict = error instanceof CallError && error.problem.code.endsWith('changed-meanwhile')
  return (
    <Alert color="red" icon={<IconAlertCircle />} role="alert" title={t('save.failed')}>
      <Text size="sm">{problemText(error)}</Text>
      <Group gap="xs" mt="xs">
        {isConflict ? (
          <>
            <Button size="compact-sm" onClick={() => void onKeepMine()}>
              {t('save.keepMine')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => void onTakeTheirs()}>
              {t('save.takeTheirs')}
            </Button>
          </>
        ) : (
          <Button size="compact-sm" onClick={() => void onRetry()}>
            {t('save.retry')}
          </Button>
        )}
      </Group>
    </Alert>
  )
}
