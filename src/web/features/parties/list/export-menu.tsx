import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Locale } from '#core/kernel/values.ts'
import { cardFields } from '#core/parties/fields.ts'
import type { PartySelection } from '#core/parties/list.ts'
import { downloadExport, exportParties } from '#core/parties/list-api.ts'
import { addressFor, call } from '../../../platform/call.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { useMay } from '../../access/session.ts'
import { isActive, useJob, useJobEnds } from '../../jobs/use-jobs.ts'
import { useCatalogue } from '../catalogue.ts'
import { useFields } from '../use-field.ts'

/** The whole card of the chosen customers as a file, fetched as soon as it is made. */
export function ExportMenu({ selection }: { selection: PartySelection }) {
  const { t, i18n } = useTranslation('parties')
  const may = useMay('exports.run')
  const view = useFields()
  const { customFields } = useCatalogue()
  const problemText = useProblemText()
  const [jobId, setJobId] = useState<number | null>(null)
  const job = useJob(jobId)
  useJobEnds(job ? [job] : [], ({ result, state }) => {
    setJobId(null)
    if (state === 'done' && typeof result?.fileId === 'string')
      window.location.assign(addressFor(downloadExport, { fileId: result.fileId }))
    else notifications.show({ color: 'red', message: t('export.failed') })
  })
  const fields = [...Object.keys(cardFields), ...customFields.map(({ key }) => `custom.${key}`)]
  const start = useMutation({
    mutationFn: (format: 'csv' | 'xlsx') =>
      call(exportParties, {
        selection,
        format,
        locale: Locale.catch('fr').parse(i18n.language),
        columns: [
          ...fields.map((field) => ({ field, heading: view(field).label })),
          { field: 'tags', heading: t('columns.tags') },
        ],
      }),
    onSuccess: (started) => setJobId(started.jobId),
    onError: (error) => notifications.show({ color: 'red', message: problemText(error) }),
  })
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button
          variant="default"
          size="compact-sm"
          disabled={!may}
          title={may ? '' : t('export.mayNot')}
          loading={start.isPending || (job !== undefined && isActive(job))}
          leftSection={<IconDownload size={15} />}
        >
          {t('export.title')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['csv', 'xlsx'] as const).map((format) => (
          <Menu.Item key={format} onClick={() => start.mutate(format)}>
            {t(`export.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
