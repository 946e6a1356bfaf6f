import { Alert, Button, Modal, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { PartySelection } from '#core/parties/list.ts'
import { countCardResets } from '#core/parties/list-api.ts'
import { call } from '../../../platform/call.ts'
import { useFormat } from '../../../platform/format.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { ConfirmTyped } from '../../../ui/confirm-typed.tsx'

type Props = {
  selection: PartySelection
  cardType: number | null
  onClose: () => void
  /** With the number of cards that was confirmed. */
  onConfirm: (resets: number) => void
}

/** The warning before another card type for many: how many cards are reset, typed to confirm. */
export function ResetConfirm({ selection, cardType, onClose, onConfirm }: Props) {
  const { t } = useTranslation('parties')
  const { integer } = useFormat()
  const problemText = useProblemText()
  const { data, error } = useQuery({
    queryKey: ['parties', 'card-resets', selection, cardType],
    queryFn: ({ signal }) => call(countCardResets, { selection, cardType }, signal),
    gcTime: 0,
  })
  if (!data || data.cards === 0)
    return (
      <Modal
        opened
        onClose={onClose}
        title={t('cardReset.title')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <Stack>
          {error && (
            <Alert color="red" variant="light" role="alert">
              {problemText(error)}
            </Alert>
          )}
          {data && <Text size="sm">{t('cardReset.nobody')}</Text>}
          <Button disabled={!data} loading={!data && !error} onClick={() => onConfirm(0)}>
            {t('bulk.apply')}
          </Button>
        </Stack>
      </Modal>
    )
  const { cards, withFigures } = data
  return (
    <ConfirmTyped
      opened
      onClose={onClose}
      title={t('cardReset.title')}
      number={cards}
      action={t('cardReset.confirm')}
      onConfirm={() => onConfirm(cards)}
      danger
    >
      <Alert color="orange" variant="light" role="alert">
        <Text size="sm">
          {t('cardReset.many', { count: cards, n: integer(cards) })}{' '}
          {t('cardReset.figures', { count: withFigures, n: integer(withFigures) })}
        </Text>
        <Text size="sm" mt={6}>
          {t('cardReset.undo')}
        </Text>
      </Alert>
    </ConfirmTyped>
  )
}
