import { Button, Loader } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { downloadRejects } from '#core/imports/api.ts'
import type { ImportView } from '#core/imports/import.ts'
import { rejectWords } from '#core/imports/reject-words.ts'
import { Locale } from '#core/kernel/values.ts'
import { addressFor } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { SimpleTable } from '../../ui/simple-table.tsx'
import classes from './imports.module.css'
import { useRejects } from './use-imports.ts'

/** The rows that are not taken, each with its place and why; nothing when there is none. */
export function RejectsPanel({ view }: { view: ImportView }) {
  const { t, i18n } = useTranslation('imports')
  const { integer } = useFormat()
  const { data } = useRejects(view)
  const locale = Locale.parse(i18n.language)
  if (!data) return <Loader size="sm" />
  if (data.total === 0) return null
  return (
    <Panel
      flush
      title={t('rejects.title', { n: integer(data.total) })}
      actions={
        <Button
          component="a"
          href={addressFor(downloadRejects, { id: view.id, locale })}
          download
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {t('rejects.download')}
        </Button>
      }
    >
      <SimpleTable
        label={t('rejects.label')}
        rows={data.rejects.map((reject, at) => ({ ...reject, at }))}
        keyOf={({ at }) => at}
        columns={[
          {
            key: 'line',
            header: t('rejects.line'),
            cell: ({ line }) => integer(line),
            numeric: true,
          },
          { key: 'column', header: t('rejects.column'), cell: ({ column }) => column },
          { key: 'value', header: t('rejects.value'), cell: ({ value }) => value || '—' },
          {
            key: 'reason',
            header: t('rejects.reason'),
            cell: ({ reason }) => rejectWords[locale][reason],
          },
        ]}
      />
      {data.total > data.rejects.length && (
        <p className={classes.more}>
          {t('rejects.more', { shown: integer(data.rejects.length), total: integer(data.total) })}
        </p>
      )}
    </Panel>
  )
}
