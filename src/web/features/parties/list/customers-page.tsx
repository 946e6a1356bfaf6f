import { Button, CloseButton, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import {
  IconAddressBook,
  IconCopyCheck,
  IconFilter,
  IconPlus,
  IconSearch,
  IconUpload,
} from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PartyRow, PartySelection } from '#core/parties/list.ts'
import { displayName } from '#core/parties/party.ts'
import { CustomersShown } from '#core/views/view.ts'
import { useFormat } from '../../../platform/format.ts'
import { useUrlState } from '../../../platform/url-state.ts'
import { DataGrid } from '../../../ui/data-grid/data-grid.tsx'
import { countSelected, nothing, type RowSelection } from '../../../ui/data-grid/row-selection.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { JobProgress } from '../../../ui/job-progress.tsx'
import { MayTip } from '../../../ui/may-tip.tsx'
import { Page } from '../../../ui/page.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { useMay } from '../../access/session.ts'
import { useCancelJob } from '../../jobs/use-jobs.ts'
import { LabelsButton } from '../../labels/labels-button.tsx'
import { ViewMenu } from '../../views/view-menu.tsx'
import { ScanCard, useNewCustomerKey } from '../card/scan-card.tsx'
import classes from '../parties.module.css'
import { AnalyseButton } from './analyse-button.tsx'
import { ColumnChooser } from './column-chooser.tsx'
import { WhoCard } from './columns.tsx'
import { CriteriaPanel } from './criteria-panel.tsx'
import { ExportMenu } from './export-menu.tsx'
import { ListState } from './list-state.ts'
import { useBulk } from './use-bulk.ts'
import { type Counted, useFilter, useGrid } from './use-grid.ts'

const BulkActions = lazy(() =>
  import('./bulk-actions.tsx').then((module) => ({ default: module.BulkActions })),
)

const nameOf = (row: PartyRow) => displayName(row)
const card = (row: PartyRow) => <WhoCard row={row} />

/** A million customers: search, criteria, order, columns, and work on many at once. */
export function CustomersPage() {
  const { t } = useTranslation('parties')
  const navigate = useNavigate()
  const [state, setState] = useUrlState(ListState)
  const [selection, setSelection] = useState<RowSelection>(nothing)
  const { filter, count } = useFilter(state)
  const grid = useGrid(state, filter, count?.total)
  const bulk = useBulk(() => setSelection(nothing))
  const cancel = useCancelJob()
  useNewCustomerKey()
  const selected = countSelected(selection, count?.total ?? 0)
  const chosen: PartySelection =
    'all' in selection ? { filter, except: [...selection.except] } : { ids: [...selection.ids] }
  const clear = () => setState({ search: '', criteria: undefined })
  const setCriteria = useCallback(
    (criteria: ListState['criteria']) => setState({ criteria }),
    [setState],
  )
  const [applied, setApplied] = useState(0)
  const apply = ({ columns, ...shown }: CustomersShown) => {
    setState({ criteria: undefined, ...shown })
    grid.choose(columns)
    // The editor of criteria begins anew with those of the view.
    setApplied(applied + 1)
  }
  const question = JSON.stringify(filter)
  // What is selected was chosen from another list.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the question matters
  useEffect(() => setSelection(nothing), [question])
  return (
    <Page fill>
      <Head count={count} narrowed={filter.search !== '' || filter.criteria !== undefined} />
      <div className={classes.tools}>
        <SearchBox value={state.search} onChange={(search) => setState({ search })} />
        <Button
          variant={state.criteria ? 'light' : 'default'}
          leftSection={<IconFilter size={17} />}
          aria-expanded={state.panel ?? false}
          onClick={() => setState({ panel: state.panel ? undefined : true })}
        >
          {t('criteria')}
        </Button>
        <ScanCard />
        <AnalyseButton state={state} />
        <SavedViews state={state} columns={grid.shown} onApply={apply} />
        <ColumnChooser all={grid.all} shown={grid.shown} onChange={grid.choose} />
      </div>
      {bulk.job && (
        <JobProgress
          title={t('bulk.running')}
          job={bulk.job}
          onCancel={() => bulk.job && void cancel(bulk.job.id)}
        />
      )}
      <div className={classes.list}>
        <div className={classes.main}>
          <DataGrid
            label={t('title')}
            queryKey={grid.queryKey}
            fetchSlice={grid.fetchSlice}
            total={count?.total}
            columns={grid.columns}
            nameOf={nameOf}
            card={card}
            sort={{ key: state.sort, descending: state.descending }}
            onSort={({ key, descending }) =>
              setState({ sort: ListState.shape.sort.parse(key), descending })
            }
            selection={selection}
            onSelect={setSelection}
            selectionActions={
              <>
                <AnalyseButton state={state} selection={chosen} />
                <ExportMenu selection={chosen} />
                <LabelsButton people={chosen} size="compact-sm" />
                <Suspense>
                  <BulkActions
                    count={selected}
                    selection={chosen}
                    busy={bulk.order.isPending}
                    onOrder={(action) => bulk.order.mutate({ action, selection: chosen })}
                  />
                </Suspense>
              </>
            }
            onOpen={(row) =>
              void navigate({ to: '/customers/$id', params: { id: String(row.id) } })
            }
            empty={<Nothing narrowed={question !== '{"search":""}'} onClear={clear} />}
            rowHeight={52}
            cardHeight={108}
          />
        </div>
        <CriteriaPanel
          key={applied}
          opened={state.panel ?? false}
          criteria={state.criteria}
          onChange={setCriteria}
          onClose={() => setState({ panel: undefined })}
        />
      </div>
    </Page>
  )
}

type ViewsProps = {
  state: ListState
  columns: readonly string[]
  onApply: (shown: CustomersShown) => void
}

function SavedViews({ state, columns, onApply }: ViewsProps) {
  const shown = CustomersShown.parse({ ...state, columns })
  return <ViewMenu list="customers" shown={shown} onApply={onApply} />
}

function Head({ count, narrowed }: { count: Counted; narrowed: boolean }) {
  const { t } = useTranslation('parties')
  const { integer } = useFormat()
  const may = { create: useMay('customers.create'), import: useMay('imports.run') }
  const subtitle = count
    ? t(narrowed ? 'foundCount' : 'totalCount', {
        count: count.total,
        n: integer(count.total),
        email: integer(count.withEmail),
        mobile: integer(count.withMobile),
      })
    : '\u00a0'
  return (
    <PageHeader
      title={t('title')}
      subtitle={subtitle}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconCopyCheck size={17} />}
            renderRoot={(props) => <Link to="/customers/duplicates" {...props} />}
          >
            {t('duplicates.title')}
          </Button>
          {may.import && (
            <Button
              variant="default"
              leftSection={<IconUpload size={17} />}
              renderRoot={(props) => <Link to="/imports" {...props} />}
            >
              {t('import')}
            </Button>
          )}
          <NewCustomer may={may.create} />
        </>
      }
    />
  )
}

function NewCustomer({ may }: { may: boolean }) {
  const { t } = useTranslation('parties')
  const navigate = useNavigate()
  return (
    <MayTip may={may}>
      {(state) => (
        <Button
          {...state}
          leftSection={<IconPlus size={17} />}
          onClick={() => void navigate({ to: '/customers/new' })}
        >
          {t('new')}
        </Button>
      )}
    </MayTip>
  )
}

function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('parties')
  const [typed, setTyped] = useState(value)
  const [settled] = useDebouncedValue(typed, 250)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed is news
  useEffect(() => {
    if (settled !== value) onChange(settled)
  }, [settled])
  useEffect(() => setTyped(value), [value])
  return (
    <TextInput
      type="search"
      data-search
      aria-label={t('search')}
      placeholder={t('searchHint')}
      leftSection={<IconSearch size={17} />}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      rightSection={
        typed === '' ? null : (
          <CloseButton size="sm" aria-label={t('clearSearch')} onClick={() => setTyped('')} />
        )
      }
    />
  )
}

function Nothing({ narrowed, onClear }: { narrowed: boolean; onClear: () => void }) {
  const { t } = useTranslation('parties')
  const may = { create: useMay('customers.create'), import: useMay('imports.run') }
  if (narrowed)
    return (
      <EmptyState
        icon={<IconFilter size={22} />}
        title={t('nothing.title')}
        description={t('nothing.text')}
        actions={
          <Button variant="default" onClick={onClear}>
            {t('nothing.clear')}
          </Button>
        }
      />
    )
  return (
    <EmptyState
      icon={<IconAddressBook size={22} />}
      title={t('none.title')}
      description={t('none.text')}
      actions={
        <>
          {may.import && (
            <Button renderRoot={(props) => <Link to="/imports" {...props} />}>{t('import')}</Button>
          )}
          <NewCustomer may={may.create} />
        </>
      }
    />
  )
}
