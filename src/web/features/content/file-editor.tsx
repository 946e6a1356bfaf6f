import { ActionIcon, Group, Select, Stack, Text, Tooltip } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type FileContent, fileEncodings, fileSeparators } from '#core/content/content.ts'
import { Locale } from '#core/kernel/values.ts'
import { Panel } from '../../ui/panel.tsx'
import classes from './content.module.css'
import { useMergeFields } from './use-merge-fields.ts'

type Props = { value: FileContent; onChange: (value: FileContent) => void; disabled: boolean }

/** An exported file: its format, and its columns in their order. */
export function FileEditor({ value, onChange, disabled }: Props) {
  const set = (patch: Partial<FileContent>) => onChange({ ...value, ...patch })
  return (
    <Panel>
      <Stack gap="md">
        <FileOptions value={value} set={set} disabled={disabled} />
        <Columns
          columns={value.columns}
          onChange={(columns) => set({ columns })}
          disabled={disabled}
        />
      </Stack>
    </Panel>
  )
}

type OptionProps = {
  value: FileContent
  set: (patch: Partial<FileContent>) => void
  disabled: boolean
}

function FileOptions({ value, set, disabled }: OptionProps) {
  const { t } = useTranslation('content')
  return (
    <Group gap="sm" align="flex-end">
      <Select
        label={t('file.format')}
        value={value.format}
        onChange={(format) => set({ format: format === 'xlsx' ? 'xlsx' : 'csv' })}
        data={[
          { value: 'csv', label: t('file.csv') },
          { value: 'xlsx', label: t('file.xlsx') },
        ]}
        allowDeselect={false}
        disabled={disabled}
        w={190}
      />
      {value.format === 'csv' && (
        <>
          <Select
            label={t('file.separator')}
            value={value.separator}
            onChange={(text) =>
              set({ separator: fileSeparators.find((one) => one === text) ?? ';' })
            }
            data={fileSeparators.map((one) => ({
              value: one,
              label: t(`file.separators.${names[one]}`),
            }))}
            allowDeselect={false}
            disabled={disabled}
            w={150}
          />
          <Select
            label={t('file.encoding')}
            value={value.encoding}
            onChange={(text) =>
              set({ encoding: fileEncodings.find((one) => one === text) ?? 'utf-8' })
            }
            data={[
              { value: 'utf-8', label: t('file.utf8') },
              { value: 'windows-1252', label: t('file.windows1252') },
            ]}
            allowDeselect={false}
            disabled={disabled}
            w={190}
          />
        </>
      )}
      <Select
        label={t('file.language')}
        value={value.language}
        onChange={(language) => set({ language: Locale.catch('fr').parse(language) })}
        data={[
          { value: 'fr', label: t('languages.fr') },
          { value: 'en', label: t('languages.en') },
        ]}
        allowDeselect={false}
        disabled={disabled}
        w={140}
      />
    </Group>
  )
}

const names = { ';': 'semicolon', ',': 'comma', '\t': 'tab' } as const

type ColumnProps = {
  columns: readonly string[]
  onChange: (columns: string[]) => void
  disabled: boolean
}

function Columns({ columns, onChange, disabled }: ColumnProps) {
  const { t } = useTranslation('content')
  const { groups, labelOf } = useMergeFields()
  const move = (at: number, by: number) => {
    const next = [...columns]
    const [moved] = next.splice(at, 1)
    if (moved !== undefined) next.splice(at + by, 0, moved)
    onChange(next)
  }
  const choices = groups.map(({ group, fields }) => ({
    group,
    items: fields
      .filter(({ key }) => !columns.includes(key))
      .map(({ key, label }) => ({ value: key, label })),
  }))
  return (
    <div>
      <Text size="sm" fw={500} mb={4}>
        {t('file.columns')}
      </Text>
      <ol className={classes.columns}>
        {columns.map((column, at) => (
          <li key={column} className={classes.column}>
            <span className={classes.columnName}>{labelOf(column)}</span>
            <ColumnButton
              label={t('file.up', { column: labelOf(column) })}
              icon={<IconArrowUp size={15} />}
              onClick={() => move(at, -1)}
              disabled={disabled || at === 0}
            />
            <ColumnButton
              label={t('file.down', { column: labelOf(column) })}
              icon={<IconArrowDown size={15} />}
              onClick={() => move(at, 1)}
              disabled={disabled || at === columns.length - 1}
            />
            <ColumnButton
              label={t('file.remove', { column: labelOf(column) })}
              icon={<IconX size={15} />}
              onClick={() => onChange(columns.filter((one) => one !== column))}
              disabled={disabled}
            />
          </li>
        ))}
      </ol>
      <Select
        mt="xs"
        aria-label={t('file.add')}
        placeholder={t('file.add')}
        data={choices}
        value={null}
        onChange={(key) => key && onChange([...columns, key])}
        searchable
        disabled={disabled}
      />
    </div>
  )
}

type ColumnButtonProps = {
  label: string
  icon: React.ReactNode
  onClick: () => void
  disabled: boolean
}

function ColumnButton({ label, icon, onClick, disabled }: ColumnButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={label}
        onClick={onClick}
        disabled={disabled}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  )
}
