import { Button, Stack, Text } from '@mantine/core'
import { IconDownload, IconPrinter } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { downloadLabels, printLabels } from '#core/labels/api.ts'
import type { PrintOrder } from '#core/labels/order.ts'
import { addressFor, call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { JobProgress } from '../../ui/job-progress.tsx'
import { isActive, useCancelJob, useJob } from '../jobs/use-jobs.ts'

type Props = { order: PrintOrder; ready: boolean }

/** Orders the PDF; a small one is there at once, a large one is followed until its file is ready. */
export function MakeLabels({ order, ready }: Props) {
  const { t } = useTranslation('labels')
  const problemText = useProblemText()
  const cancel = useCancelJob()
  const make = useMutation({
    mutationFn: async (wanted: PrintOrder) => ({ wanted, ...(await call(printLabels, wanted)) }),
  })
  const job = useJob(make.data?.jobId)
  // A file of another order than the one shown would be printed by mistake.
  const made = make.data && same(make.data.wanted, order) ? make.data : undefined
  const fileId = made && (made.fileId ?? fileOf(job?.result))
  if (made && job && isActive(job)) {
    return (
      <Stack gap={4} flex={1}>
        <JobProgress title={t('running')} job={job} onCancel={() => void cancel(job.id)} />
        <Text size="xs" c="dimmed">
          {t('runningHelp')}
        </Text>
      </Stack>
    )
  }
  return (
    <Stack gap={4} align="flex-end">
      {fileId ? (
        <>
          <Button
            component="a"
            href={addressFor(downloadLabels, { fileId })}
            download
            data-autofocus
            leftSection={<IconDownload size={17} />}
          >
            {t('download')}
          </Button>
          <Text size="sm" role="status">
            {t('ready')}
          </Text>
        </>
      ) : (
        <Button
          leftSection={<IconPrinter size={17} />}
          disabled={!ready}
          loading={make.isPending || (made !== undefined && made.jobId !== null && !job)}
          onClick={() => make.mutate(order)}
        >
          {t('make')}
        </Button>
      )}
      <FieldError>
        {make.error ? problemText(make.error) : job?.state === 'failed' && t('failed')}
      </FieldError>
    </Stack>
  )
}

const same = (a: PrintOrder, b: PrintOrder) => JSON.stringify(a) === JSON.stringify(b)

const fileOf = (result: Record<string, unknown> | null | undefined) =>
  typeof result?.fileId === 'string' ? result.fileId : undefined
