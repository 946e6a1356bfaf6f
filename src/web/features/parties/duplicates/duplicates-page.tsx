import { Badge, Button, Group, Pagination } from '@mantine/core'
import { IconCopyCheck } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type DuplicatePair,
  decideDuplicate,
  detectDuplicates,
  listDuplicates,
} from '#core/duplicates/api.ts'
import { choicesOf } from '#core/duplicates/merge.ts'
import { displayName } from '#core/parties/party.ts'
import { call } from '../../../platform/call.ts'
import { useFormat } from '../../../platform/format.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { JobProgress } from '../../../ui/job-progress.tsx'
import { MayTip } from '../../../ui/may-tip.tsx'
import { Page } from '../../../ui/page.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { useUndoToast } from '../../../ui/undo-toast.tsx'
import { useMay } from '../../access/session.ts'
import { isActive, useJob, useJobEnds } from '../../jobs/use-jobs.ts'
import { Back } from '../card/back.tsx'
import classes from '../parties.module.css'
import { useFields, useFieldText } from '../use-field.ts'
import { MergeDialog } from './merge-dialog.tsx'

const pageSize = 10
const key = ['duplicates']

/** Pairs of cards that may be one person: look, merge, or say that they are not. */
export function DuplicatesPage() {
  const { t } = useTranslation('parties')
  const { integer } = useFormat()
  const client = useQueryClient()
  const may = useMay('customers.write')
  const [page, setPage] = useState(1)
  const [jobId, setJobId] = useState<number | null>(null)
  const [merging, setMerging] = useState<DuplicatePair | null>(null)
  const { data } = useQuery({
    queryKey: [...key, page],
    queryFn: ({ signal }) =>
      call(listDuplicates, { offset: (page - 1) * pageSize, limit: pageSize }, signal),
    placeholderData: keepPreviousData,
  })
  const job = useJob(jobId)
  useJobEnds(job ? [job] : [], () => void client.invalidateQueries({ queryKey: key }))
  const detect = useMutation({
    mutationFn: () => call(detectDuplicates, {}),
    onSuccess: (started) => setJobId(started.jobId),
  })
  const pages = Math.ceil((data?.total ?? 0) / pageSize)
  return (
    <Page>
      <Back />
      <PageHeader
        title={t('duplicates.title')}
        subtitle={
          data ? t('duplicates.count', { count: data.total, n: integer(data.total) }) : '\u00a0'
        }
        actions={
          <>
            <Button
              variant="default"
              renderRoot={(props) => <Link to="/customers/merges" {...props} />}
            >
              {t('merges.title')}
            </Button>
            <MayTip may={may}>
              {(state) => (
                <Button
                  {...state}
                  loading={detect.isPending || (job !== undefined && isActive(job))}
                  onClick={() => detect.mutate()}
                >
                  {t('duplicates.detect')}
                </Button>
              )}
            </MayTip>
          </>
        }
      />
      {job && isActive(job) && <JobProgress title={t('duplicates.detecting')} job={job} />}
      {data?.total === 0 && (
        <EmptyState
          icon={<IconCopyCheck size={22} />}
          title={t('duplicates.none')}
          description={t('duplicates.noneText')}
        />
      )}
      {data?.pairs.map((pair) => (
        <Pair key={`${pair.a.id}-${pair.b.id}`} pair={pair} onMerge={() => setMerging(pair)} />
      ))}
      {pages > 1 && (
        <Group justify="center">
          <Pagination
            total={pages}
            value={page}
            onChange={setPage}
            getControlProps={(control) => ({ 'aria-label': t(`pages.${control}`) })}
            getItemProps={(at) => ({ 'aria-label': t('pages.page', { n: at }) })}
          />
        </Group>
      )}
      <MergeDialog pair={merging} onClose={() => setMerging(null)} />
    </Page>
  )
}

function Pair({ pair, onMerge }: { pair: DuplicatePair; onMerge: () => void }) {
  const { t } = useTranslation('parties')
  const client = useQueryClient()
  const may = useMay('customers.write')
  const toast = useUndoToast()
  const { a, b } = pair
  const decide = (state: 'open' | 'different') =>
    call(decideDuplicate, { a: a.id, b: b.id, state }).then(() =>
      client.invalidateQueries({ queryKey: key }),
    )
  const apart = useMutation({
    mutationFn: () => decide('different'),
    onSuccess: () => toast({ message: t('duplicates.kept'), undo: () => decide('open') }),
  })
  return (
    <Panel
      title={`${displayName(a)} / ${displayName(b)}`}
      actions={
        <Group gap="xs">
          {pair.reasons.map((reason) => (
            <Badge key={reason} variant="light" tt="none">
              {t(`duplicates.reason.${reason}`)}
            </Badge>
          ))}
          <MayTip may={may}>
            {(state) => (
              <Button
                {...state}
                variant="default"
                size="compact-sm"
                loading={apart.isPending}
                onClick={() => apart.mutate()}
              >
                {t('duplicates.different')}
              </Button>
            )}
          </MayTip>
          <MayTip may={may}>
            {(state) => (
              <Button {...state} size="compact-sm" onClick={onMerge}>
                {t('duplicates.merge')}
              </Button>
            )}
          </MayTip>
        </Group>
      }
    >
      <Compared pair={pair} />
    </Panel>
  )
}

const alwaysShown = ['lastName', 'firstName', 'email', 'city'] as const

/** Both cards side by side: who they are, and every field in which they differ. */
function Compared({ pair: { a, b } }: { pair: DuplicatePair }) {
  const view = useFields()
  const text = useFieldText()
  const different = choicesOf(a, b).map(({ field, a: left, b: right }) => ({ field, left, right }))
  const same = alwaysShown
    .filter((field) => !different.some((entry) => entry.field === field) && a[field] !== '')
    .map((field) => ({ field: field as string, left: a[field], right: b[field] }))
  const rows = [...same, ...different]
  return (
    <table className={classes.pair}>
      <thead>
        <tr>
          <td />
          <th scope="col">{a.code}</th>
          <th scope="col">{b.code}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ field, left, right }) => {
          const shown = view(field)
          const [mine, theirs] = [text(shown, left), text(shown, right)]
          return (
            <tr key={field} data-same={mine === theirs}>
              <th scope="row">{shown.label}</th>
              <td>{mine || '–'}</td>
              <td>{theirs || '–'}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
