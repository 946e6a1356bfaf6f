import { Button, CloseButton, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BulkAction } from '#core/parties/bulk.ts'
import { isBulkField } from '#core/parties/bulk.ts'
import type { FieldValue } from '#core/parties/custom-field.ts'
import { cardFields } from '#core/parties/fields.ts'
import type { PartySelection } from '#core/parties/list.ts'
import { useFormat } from '../../../platform/format.ts'
import { useCatalogue } from '../catalogue.ts'
import { FieldInput } from '../field-input.tsx'
import { type FieldView, inCurrency, useFields } from '../use-field.ts'
import { ResetConfirm } from './reset-confirm.tsx'

type Props = {
  opened: boolean
  count: number
  selection: PartySelection
  onClose: () => void
  onOrder: (action: BulkAction) => void
}

/** What a field holds before anything is entered; choices that are never empty start with their first. */
function startOf({ type, field, choices, isId }: FieldView): FieldValue {
  if (type === 'boolean') return true
  if (type === 'text') return ''
  if (field === 'country') return 'FR'
  if (type === 'choice' && !isId) return choices[0]?.value ?? null
  return null
}

/** The same values for many cards: the fields of P-S8 and the custom ones. */
export function EditDialog({ opened, count, selection, onClose, onOrder }: Props) {
  const { t } = useTranslation('parties')
  const { integer } = useFormat()
  const { customFields } = useCatalogue()
  const view = useFields()
  const [values, setValues] = useState<Record<string, FieldValue>>({})
  const all = [...Object.keys(cardFields), ...customFields.map(({ key }) => `custom.${key}`)]
  const left = all.filter((field) => isBulkField(field) && !(field in values))
  const drop = (field: string) =>
    setValues(Object.fromEntries(Object.entries(values).filter(([key]) => key !== field)))
  const [confirming, setConfirming] = useState(false)
  const submit = (resets?: number) => {
    onOrder({ kind: 'edit', values, ...(resets === undefined ? {} : { resets }) })
    setValues({})
    setConfirming(false)
  }
  const { cardType } = values
  if (opened && confirming && cardType !== undefined)
    return (
      <ResetConfirm
        selection={selection}
        cardType={typeof cardType === 'number' ? cardType : null}
        onClose={() => setConfirming(false)}
        onConfirm={submit}
      />
    )
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('bulk.editTitle', { count, n: integer(count) })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {t('bulk.editText')}
        </Text>
        {Object.entries(values).map(([field, value]) => (
          <Group key={field} align="flex-end" gap="xs" wrap="nowrap">
            <div style={{ flex: 1 }}>
              <FieldInput
                view={inCurrency(view(field), values.loyaltyCurrency)}
                value={value}
                onChange={(next) => setValues({ ...values, [field]: next })}
              />
            </div>
            <CloseButton
              aria-label={t('bulk.dropField', { field: view(field).label })}
              onClick={() => drop(field)}
            />
          </Group>
        ))}
        <Select
          data-autofocus
          label={t('bulk.addField')}
          placeholder={t('bulk.chooseField')}
          data={left.map((field) => ({ value: field, label: view(field).label }))}
          value={null}
          searchable
          onChange={(field) => field && setValues({ ...values, [field]: startOf(view(field)) })}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            onClick={() => (cardType === undefined ? submit() : setConfirming(true))}
            disabled={Object.keys(values).length === 0}
          >
            {t('bulk.apply')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
