import {
  Button,
  Fieldset,
  Group,
  Modal,
  NumberInput,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createLabelFormat, updateLabelFormat } from '#core/labels/api.ts'
import { type LabelFormat, LabelShape } from '#core/labels/format.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { SheetDrawing } from './drawings.tsx'
import classes from './labels.module.css'
import { formatsKey, useDecimalMark } from './use-formats.ts'

/** A common sheet to start from. */
const start: LabelShape = {
  ...{ name: '', pageWidth: 210, pageHeight: 297, columns: 3, rows: 8 },
  ...{ labelWidth: 64, labelHeight: 33.8, marginLeft: 7, marginTop: 13, gapX: 2, gapY: 0 },
  padding: 4,
}

const groups = {
  page: ['pageWidth', 'pageHeight'],
  layout: ['columns', 'rows', 'marginLeft', 'marginTop', 'gapX', 'gapY'],
  label: ['labelWidth', 'labelHeight', 'padding'],
} as const
type Measure = (typeof groups)[keyof typeof groups][number]

type Props = { edited: LabelFormat | 'new'; onClose: () => void }

/** A format in millimetres beside its drawing. */
export function FormatEditor({ edited, onClose }: Props) {
  const { t } = useTranslation('labels')
  const client = useQueryClient()
  const problemText = useProblemText()
  const [shape, setShape] = useState<LabelShape>(edited === 'new' ? start : edited)
  const id = edited === 'new' ? null : edited.id
  const parsed = LabelShape.safeParse(shape)
  const issues = parsed.error?.issues.filter(({ path }) => path[0] !== 'name') ?? []
  const save = useMutation({
    mutationFn: (draft: LabelShape) =>
      id === null ? call(createLabelFormat, draft) : call(updateLabelFormat, { ...draft, id }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: formatsKey })
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (parsed.success) save.mutate(parsed.data)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t(id === null ? 'formats.add' : 'formats.edit')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form onSubmit={submit}>
        <div className={classes.editor}>
          <Stack>
            <TextInput
              data-autofocus
              required
              maxLength={80}
              label={t('formats.name')}
              value={shape.name}
              onChange={(event) => setShape({ ...shape, name: event.currentTarget.value })}
            />
            <Measures
              shape={shape}
              onChange={(patch) => setShape({ ...shape, ...patch })}
              problems={Object.fromEntries(
                issues.map(({ path, message }) => [String(path[0]), message]),
              )}
            />
          </Stack>
          <SheetDrawing
            shape={shape}
            label={t('formats.sheet', { columns: shape.columns, rows: shape.rows })}
          />
        </div>
        <FieldError>{save.error ? problemText(save.error) : undefined}</FieldError>
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" disabled={!parsed.success} loading={save.isPending}>
            {t('formats.save')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

type MeasuresProps = {
  shape: LabelShape
  onChange: (patch: Partial<LabelShape>) => void
  problems: Record<string, string>
}

const counting = { min: 1, max: 60, decimalScale: 0 }
const measuring = { min: 0, max: 650, step: 0.5, decimalScale: 2, suffix: ' mm' }

const known = ['wider-than-the-page', 'higher-than-the-page', 'no-room-inside']

function Measures({ shape, onChange, problems }: MeasuresProps) {
  const { t } = useTranslation('labels')
  const comma = useDecimalMark()
  const isCount = (measure: Measure) => measure === 'columns' || measure === 'rows'
  const problemOf = (measure: Measure) => {
    const problem = problems[measure]
    if (problem === undefined) return undefined
    return t(`formats.problems.${known.includes(problem) ? problem : 'other'}`)
  }
  return (Object.keys(groups) as (keyof typeof groups)[]).map((group) => (
    <Fieldset key={group} legend={t(`formats.${group}`)} p="sm">
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {groups[group].map((measure) => (
          <NumberInput
            key={measure}
            label={t(`formats.${measure}`)}
            value={shape[measure]}
            {...(isCount(measure) ? counting : measuring)}
            decimalSeparator={comma}
            error={problemOf(measure)}
            onChange={(value) => onChange({ [measure]: Number(value) || 0 })}
          />
        ))}
      </SimpleGrid>
    </Fieldset>
  ))
}
