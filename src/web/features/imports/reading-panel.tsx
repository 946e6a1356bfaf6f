import { Checkbox, NumberInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { readImportAs } from '#core/imports/api.ts'
import type { ImportView } from '#core/imports/import.ts'
import { encodings, type ReadingChoice, separators } from '#core/imports/reading.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { Panel } from '../../ui/panel.tsx'
import classes from './imports.module.css'
import { useImportAction } from './use-imports.ts'

type Props = { view: ImportView; onRead: () => void }

/** How the file was read, to be corrected when the guess was wrong. */
export function ReadingPanel({ view, onRead }: Props) {
  const { t } = useTranslation('imports')
  const problemText = useProblemText()
  const { reading, id } = view
  const read = useImportAction((choice: ReadingChoice) => call(readImportAs, { id, ...choice }))
  const isNamed = reading.headerLine > 0
  const change = (choice: ReadingChoice) => read.mutate(choice, { onSuccess: onRead })
  return (
    <Panel title={t('reading.title')}>
      <div className={classes.reading}>
        {reading.format === 'csv' && (
          <>
            <Select
              label={t('reading.separator')}
              data={separators.map((value) => ({
                value,
                label: t(`reading.separators.${names[value]}`),
              }))}
              value={reading.separator}
              onChange={(value) => {
                const separator = separators.find((known) => known === value)
                if (separator) change({ separator })
              }}
              allowDeselect={false}
            />
            <Select
              label={t('reading.encoding')}
              data={encodings.map((value) => ({ value, label: t(`reading.encodings.${value}`) }))}
              value={reading.encoding}
              onChange={(value) => {
                const encoding = encodings.find((known) => known === value)
                if (encoding) change({ encoding })
              }}
              allowDeselect={false}
            />
          </>
        )}
        {reading.sheets.length > 1 && (
          <Select
            label={t('reading.sheet')}
            data={reading.sheets}
            value={reading.sheet}
            onChange={(sheet) => sheet && change({ sheet })}
            allowDeselect={false}
          />
        )}
        {isNamed && (
          <NumberInput
            key={`${id}-${reading.headerLine}`}
            label={t('reading.headerLine')}
            min={1}
            max={200}
            defaultValue={reading.headerLine}
            onBlur={(event) => {
              const headerLine = Number(event.currentTarget.value)
              if (headerLine > 0 && headerLine !== reading.headerLine) change({ headerLine })
            }}
          />
        )}
      </div>
      <Checkbox
        mt="sm"
        label={t('reading.named')}
        description={isNamed ? t('reading.namedText') : t('reading.unnamedText')}
        checked={isNamed}
        disabled={read.isPending}
        onChange={(event) => change({ headerLine: event.currentTarget.checked ? 1 : 0 })}
      />
      <FieldError>{read.error && problemText(read.error)}</FieldError>
    </Panel>
  )
}

const names = { ';': 'semicolon', ',': 'comma', '\t': 'tab', '|': 'pipe' } as const
