import { Button, Loader, Text } from '@mantine/core'
import { IconDownload, IconFileSpreadsheet } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import * as api from '#core/targets/api.ts'
import { type FileReport, lineReasons } from '#core/targets/file.ts'
import { addressFor } from '../../../platform/call.ts'
import { useFormat } from '../../../platform/format.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { upload } from '../../../platform/upload.ts'
import { FieldError } from '../../../ui/field-error.tsx'
import { FileDrop } from '../../../ui/file-drop.tsx'
import { SimpleTable } from '../../../ui/simple-table.tsx'
import classes from '../targets.module.css'
import type { AddProps } from './add-dialog.tsx'
import { ProposalFacts, useAdd } from './proposal.tsx'

/** A file of codes with the columns FICHE, TIERS and CONTACT: first the report, then the addition (D-94 to D-99). */
export function ByFile({ step, onAdded }: AddProps) {
  const { t } = useTranslation('targets')
  const { integer } = useFormat()
  const problemText = useProblemText()
  const check = useMutation({
    mutationFn: (file: File) => upload(api.checkTargetFile, { id: step.id, name: file.name }, file),
  })
  const add = useAdd(step.id, onAdded)
  const report = check.data
  const n = report?.proposal.added ?? 0
  return (
    <>
      <FileDrop
        icon={
          check.isPending ? (
            <Loader size="sm" />
          ) : (
            <IconFileSpreadsheet size={30} stroke={1.5} aria-hidden />
          )
        }
        title={t(check.isPending ? 'file.checking' : 'file.drop')}
        text={t('file.formats')}
        busy={check.isPending}
        onFile={check.mutate}
      />
      <Text size="sm" c="dimmed" mt="xs">
        {t('file.rules')}
      </Text>
      <FieldError>{check.error ? problemText(check.error) : undefined}</FieldError>
      {report && !check.isPending && <Report stepId={step.id} report={report} />}
      <FieldError>{add.error ? problemText(add.error) : undefined}</FieldError>
      <div className={classes.foot}>
        <Button
          disabled={!report || n === 0}
          loading={add.isPending}
          onClick={() => report && add.mutate({ kind: 'file', fileId: report.fileId })}
        >
          {report ? t('add.do', { count: n, n: integer(n) }) : t('add.button')}
        </Button>
      </div>
    </>
  )
}

function Report({ stepId, report }: { stepId: number; report: FileReport }) {
  const { t, i18n } = useTranslation('targets')
  const { integer } = useFormat()
  const reasons = lineReasons.filter((reason) => (report.reasons[reason] ?? 0) > 0)
  const locale = i18n.language === 'fr' ? 'fr' : 'en'
  return (
    <section aria-label={t('file.report')}>
      <Text mt="md" fw={560} role="status">
        {t('file.read', {
          name: report.name,
          count: report.rows,
          n: integer(report.rows),
          line: integer(report.headerLine),
        })}
      </Text>
      {report.ignored.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('file.ignored', { columns: report.ignored.join(', ') })}
        </Text>
      )}
      <ProposalFacts proposal={report.proposal} />
      {reasons.length > 0 && (
        <>
          <ul className={classes.facts} aria-label={t('file.reasons')}>
            {reasons.map((reason) => (
              <li key={reason}>
                <span>{t(`file.reason.${reason}`)}</span>
                <b>{t('file.lines', lines(report.reasons[reason] ?? 0, integer))}</b>
              </li>
            ))}
          </ul>
          <Problems report={report} />
          <Button
            mt="sm"
            variant="default"
            size="compact-sm"
            leftSection={<IconDownload size={15} />}
            renderRoot={(props) => (
              <a
                {...props}
                href={addressFor(api.downloadTargetReport, {
                  id: stepId,
                  fileId: report.fileId,
                  locale,
                })}
                download
              />
            )}
          >
            {t('file.download')}
          </Button>
        </>
      )}
    </section>
  )
}

const lines = (count: number, integer: (n: number) => string) => ({ count, n: integer(count) })

function Problems({ report }: { report: FileReport }) {
  const { t } = useTranslation('targets')
  const { integer } = useFormat()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={classes.problems} tabIndex={0} aria-label={t('file.problems')}>
      <SimpleTable
        label={t('file.problems')}
        columns={[
          { key: 'line', header: t('file.line'), cell: ({ line }) => integer(line) },
          { key: 'fiche', header: 'FICHE', cell: ({ fiche }) => fiche },
          { key: 'tiers', header: 'TIERS', cell: ({ tiers }) => tiers },
          { key: 'contact', header: 'CONTACT', cell: ({ contact }) => contact },
          { key: 'why', header: t('file.why'), cell: ({ reason }) => t(`file.reason.${reason}`) },
        ]}
        rows={report.problems}
        keyOf={({ line }) => line}
      />
    </section>
  )
}
