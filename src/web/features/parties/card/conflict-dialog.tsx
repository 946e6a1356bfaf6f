import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Conflict } from '#core/parties/change.ts'
import { useFields, useFieldText } from '../use-field.ts'

type Props = {
  conflicts: readonly Conflict[]
  onSettle: (mine: string[]) => void
  onClose: () => void
}

/** Somebody else changed the same fields: both values are shown, and the user decides for each. */
export function ConflictDialog({ conflicts, onSettle, onClose }: Props) {
  const { t } = useTranslation('parties')
  return (
    <Modal
      opened={conflicts.length > 0}
      onClose={onClose}
      title={t('conflict.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Choices
        key={JSON.stringify(conflicts)}
        conflicts={conflicts}
        onSettle={onSettle}
        onClose={onClose}
      />
    </Modal>
  )
}

function Choices({ conflicts, onSettle, onClose }: Props) {
  const { t } = useTranslation('parties')
  const view = useFields()
  const text = useFieldText()
  const [mine, setMine] = useState<string[]>([])
  return (
    <Stack>
      <Text size="sm">{t('conflict.text')}</Text>
      {conflicts.map(({ field, theirs, yours }) => {
        const shown = view(field)
        const value = (of: typeof theirs) => text(shown, of) || t('emptyValue')
        return (
          <Radio.Group
            key={field}
            label={shown.label}
            value={mine.includes(field) ? 'yours' : 'theirs'}
            onChange={(choice) =>
              setMine(
                choice === 'yours' ? [...mine, field] : mine.filter((other) => other !== field),
              )
            }
          >
            <Stack gap={6} mt={6}>
              <Radio value="theirs" label={t('conflict.theirs', { value: value(theirs) })} />
              <Radio value="yours" label={t('conflict.yours', { value: value(yours) })} />
            </Stack>
          </Radio.Group>
        )
      })}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('conflict.later')}
        </Button>
        <Button onClick={() => onSettle(mine)}>{t('conflict.settle')}</Button>
      </Group>
    </Stack>
  )
}
