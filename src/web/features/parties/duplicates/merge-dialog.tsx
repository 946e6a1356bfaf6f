import { Button, Group, Modal, Radio, SegmentedControl, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type DuplicatePair, mergeParties } from '#core/duplicates/api.ts'
import { choicesOf, chosenValues } from '#core/duplicates/merge.ts'
import { displayName } from '#core/parties/party.ts'
import { call } from '../../../platform/call.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { FieldError } from '../../../ui/field-error.tsx'
import { useFields, useFieldText } from '../use-field.ts'

type Props = { pair: DuplicatePair | null; onClose: () => void }

/** Which card stays, and for each field in which they differ, whose value. */
export function MergeDialog({ pair, onClose }: Props) {
  const { t } = useTranslation('parties')
  return (
    <Modal
      opened={pair !== null}
      onClose={onClose}
      title={t('merge.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {pair && <MergeForm pair={pair} onClose={onClose} />}
    </Modal>
  )
}

function MergeForm({ pair, onClose }: { pair: DuplicatePair; onClose: () => void }) {
  const { t } = useTranslation('parties')
  const client = useQueryClient()
  const problemText = useProblemText()
  const [kept, setKept] = useState<'a' | 'b'>('a')
  const [chosen, setChosen] = useState<Record<string, 'a' | 'b'>>({})
  const [card, lost] = kept === 'a' ? [pair.a, pair.b] : [pair.b, pair.a]
  const choices = choicesOf(card, lost).map((choice) => ({
    ...choice,
    from: chosen[choice.field] ?? choice.from,
  }))
  const merge = useMutation({
    mutationFn: () =>
      call(mergeParties, { id: card.id, other: lost.id, values: chosenValues(choices) }),
    onSuccess: async () => {
      onClose()
      notifications.show({ message: t('merge.done', { name: displayName(card) }) })
      await Promise.all(
        ['duplicates', 'merges', 'parties', 'party'].map((first) =>
          client.invalidateQueries({ queryKey: [first] }),
        ),
      )
    },
  })
  return (
    <Stack>
      <div>
        <Text size="sm" fw={600} mb={6} id="merge-kept">
          {t('merge.kept')}
        </Text>
        <SegmentedControl
          aria-labelledby="merge-kept"
          value={kept}
          onChange={(value) => {
            setKept(value === 'b' ? 'b' : 'a')
            setChosen({})
          }}
          data={[
            { value: 'a', label: pair.a.code },
            { value: 'b', label: pair.b.code },
          ]}
        />
        <Text size="sm" c="dimmed" mt={6}>
          {t('merge.text', { code: lost.code })}
        </Text>
      </div>
      <Choices
        choices={choices}
        onChoose={(field, from) => setChosen({ ...chosen, [field]: from })}
      />
      <FieldError>{merge.error ? problemText(merge.error) : null}</FieldError>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button loading={merge.isPending} onClick={() => merge.mutate()}>
          {t('merge.action')}
        </Button>
      </Group>
    </Stack>
  )
}

type ChoicesProps = {
  choices: ReturnType<typeof choicesOf>
  onChoose: (field: string, from: 'a' | 'b') => void
}

function Choices({ choices, onChoose }: ChoicesProps) {
  const { t } = useTranslation('parties')
  const view = useFields()
  const text = useFieldText()
  return choices.map(({ field, a, b, from }) => {
    const shown = view(field)
    return (
      <Radio.Group
        key={field}
        label={shown.label}
        value={from}
        onChange={(value) => onChoose(field, value === 'b' ? 'b' : 'a')}
      >
        <Group mt={4} gap="lg">
          <Radio value="a" label={text(shown, a) || t('emptyValue')} />
          <Radio value="b" label={text(shown, b) || t('emptyValue')} />
        </Group>
      </Radio.Group>
    )
  })
}
