import {
  Button,
  Checkbox,
  Group,
  Modal,
  NumberInput,
  Radio,
  Select,
  SimpleGrid,
  Stack,
  Text,
} from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { checkLabels } from '#core/labels/api.ts'
import { isRoll, type LabelFormat, perPage } from '#core/labels/format.ts'
import { type LabelPeople, labelSorts, type PrintOrder } from '#core/labels/order.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { FieldInput } from '../content/field-input.tsx'
import { LabelOutcome } from './label-outcome.tsx'
import { MakeLabels } from './make-labels.tsx'
import { useFormats } from './use-formats.ts'

type Props = { people: LabelPeople; onClose: () => void }

/** What to print, on what, how often; it says who is left out before anything is made. */
export function LabelsDialog({ people, onClose }: Props) {
  const { t } = useTranslation('labels')
  const formats = useFormats()
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {formats && <LabelsForm people={people} formats={formats} onClose={onClose} />}
    </Modal>
  )
}

const kinds = ['address', 'card', 'text'] as const

type FormProps = Props & { formats: readonly LabelFormat[] }

function LabelsForm({ people, formats, onClose }: FormProps) {
  const { t } = useTranslation('labels')
  const [order, setOrder] = useState<PrintOrder>({
    ...{ people, type: { kind: 'address' }, format: formats[0]?.key ?? '', copies: 1 },
    ...{ firstFree: 1, sort: 'postalCode', excludeDoNotContact: true },
  })
  const [text, setText] = useState('')
  const change = (patch: Partial<PrintOrder>) => setOrder({ ...order, ...patch })
  const format = formats.find(({ key }) => key === order.format)
  const check = useCheck(order)
  const chooseKind = (kind: (typeof kinds)[number]) =>
    change({ type: kind === 'text' ? { kind, text } : { kind } })
  return (
    <Stack>
      <Radio.Group
        label={t('type')}
        value={order.type.kind}
        onChange={(value) => chooseKind(kinds.find((kind) => kind === value) ?? 'address')}
      >
        <Stack gap="xs" mt={6}>
          {kinds.map((kind) => (
            <Radio
              key={kind}
              value={kind}
              label={t(`types.${kind}`)}
              description={t(`typeHelp.${kind}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {order.type.kind === 'text' && (
        <FieldInput
          multiline
          label={t('text')}
          value={text}
          maxLength={1_000}
          disabled={false}
          onChange={(next) => {
            setText(next)
            change({ type: { kind: 'text', text: next } })
          }}
        />
      )}
      <FormatFields order={order} formats={formats} onChange={change} />
      <Checkbox
        label={t('exclude')}
        checked={order.excludeDoNotContact}
        onChange={(event) => change({ excludeDoNotContact: event.currentTarget.checked })}
      />
      {format && <LabelOutcome order={order} format={format} check={check.data} />}
      <CheckProblem error={check.error} />
      <Group justify="flex-end" gap="xs" align="flex-start">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <MakeLabels
          order={order}
          ready={check.data !== undefined && !check.isFetching && canPrint(check.data)}
        />
      </Group>
    </Stack>
  )
}

const canPrint = ({ printed, problems }: { printed: number; problems: readonly unknown[] }) =>
  printed > 0 && problems.length === 0

function CheckProblem({ error }: { error: unknown }) {
  const problemText = useProblemText()
  return <FieldError>{error ? problemText(error) : undefined}</FieldError>
}

/** Copies, order and the first place do not change who gets a label. */
function useCheck({ people, type, format, excludeDoNotContact }: PrintOrder) {
  const [asked] = useDebouncedValue({ people, type, format, excludeDoNotContact }, 250)
  return useQuery({
    queryKey: ['labels', 'check', asked],
    queryFn: ({ signal }) => call(checkLabels, asked, signal),
    placeholderData: keepPreviousData,
    enabled: asked.format !== '',
  })
}

type FieldsProps = {
  order: PrintOrder
  formats: readonly LabelFormat[]
  onChange: (patch: Partial<PrintOrder>) => void
}

function FormatFields({ order, formats, onChange }: FieldsProps) {
  const { t } = useTranslation('labels')
  const format = formats.find(({ key }) => key === order.format)
  const places = format ? perPage(format) : 1
  return (
    <>
      <Select
        label={t('format')}
        data={useFormatGroups(formats)}
        value={order.format}
        allowDeselect={false}
        onChange={(key) => key && onChange({ format: key, firstFree: 1 })}
      />
      <SimpleGrid cols={{ base: 1, xs: places > 1 ? 3 : 2 }}>
        <NumberInput
          label={t('copies')}
          value={order.copies}
          min={1}
          max={100}
          allowDecimal={false}
          clampBehavior="strict"
          onChange={(value) => onChange({ copies: Number(value) || 1 })}
        />
        {places > 1 && (
          <NumberInput
            label={t('firstFree')}
            value={order.firstFree}
            min={1}
            max={places}
            allowDecimal={false}
            clampBehavior="strict"
            onChange={(value) => onChange({ firstFree: Number(value) || 1 })}
          />
        )}
        <Select
          label={t('sort')}
          data={labelSorts.map((value) => ({ value, label: t(`sorts.${value}`) }))}
          value={order.sort}
          allowDeselect={false}
          onChange={(value) =>
            onChange({ sort: labelSorts.find((sort) => sort === value) ?? 'postalCode' })
          }
        />
      </SimpleGrid>
      {places > 1 && (
        <Text size="xs" c="dimmed">
          {t('firstFreeHelp')}
        </Text>
      )}
    </>
  )
}

function useFormatGroups(formats: readonly LabelFormat[]) {
  const { t } = useTranslation('labels')
  const groupOf = (format: LabelFormat) => {
    if (format.id !== null) return 'own'
    return isRoll(format) ? 'rolls' : 'sheets'
  }
  return (['own', 'sheets', 'rolls'] as const)
    .map((group) => ({
      group: t(`groups.${group}`),
      items: formats
        .filter((format) => groupOf(format) === group)
        .map(({ key, name }) => ({ value: key, label: name })),
    }))
    .filter(({ items }) => items.length > 0)
}
