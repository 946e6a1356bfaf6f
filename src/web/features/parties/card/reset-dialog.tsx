import { Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Values } from '#core/parties/change.ts'
import { useFields } from '../use-field.ts'

type Props = {
  reset: { lost: readonly string[]; confirm: () => void; refuse: () => void }
  values: Values
}

/** Before a save that changes the card type: what the card loses, and the chance not to. */
export function ResetDialog({ reset, values }: Props) {
  const { t } = useTranslation('parties')
  const view = useFields()
  const type = view('cardType')
  const name = type.choices.find(({ value }) => value === String(values.cardType))?.label
  return (
    <Modal
      opened
      onClose={reset.refuse}
      title={t('cardReset.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack>
        <Text size="sm">
          {name ? t('cardReset.text', { type: name }) : t('cardReset.textNone')}
        </Text>
        <List size="sm">
          {reset.lost.map((field) => (
            <List.Item key={field}>{view(field).label}</List.Item>
          ))}
        </List>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" data-autofocus onClick={reset.refuse}>
            {t('cancel')}
          </Button>
          <Button
            color="red"
            onClick={() => {
              reset.refuse()
              reset.confirm()
            }}
          >
            {t('cardReset.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
