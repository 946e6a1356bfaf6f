import { Button, CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconRefresh, IconSearch, IconUserPlus, IconUsersGroup } from '@tabler/icons-react'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isPhoning } from '#core/campaigns/step-type.ts'
import type { OperationView, StepOfOperation } from '#core/operations/operation.ts'
import * as api from '#core/targets/api.ts'
import {
  type TargetFilter,
  TargetOrder,
  type TargetPeople,
  type TargetRow,
} from '#core/targets/target.ts'
import { call } from '../../platform/call.ts'
import { useUrlState } from '../../platform/url-state.ts'
import { DataGrid } from '../../ui/data-grid/data-grid.tsx'
import {
  countSelected,
  everything,
  nothing,
  type RowSelection,
} from '../../ui/data-grid/row-selection.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { JobProgress } from '../../ui/job-progress.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { useMay } from '../access/session.ts'
import { operationQuery, useTables } from '../operations/operation-data.ts'
import { BulkButtons } from './bulk-buttons.tsx'
import { type GridTarget, TargetCard, useColumns } from './columns.tsx'
import { StatusChips } from './status-chips.tsx'
import { type MenuAt, TargetMenu } from './target-menu.tsx'
import { nameOf } from './target-words.ts'
import classes from './targets.module.css'
import {
  filterOf,
  TargetsAddress,
  targetsKey,
  useRefreshTargets,
  useTargetChanges,
} from './targets-data.ts'

const AddDialog = lazy(async () => ({ default: (await import('./add/add-dialog.tsx')).AddDialog }))
const RefreshDialog = lazy(async () => ({
  default: (await import('./refresh-dialog.tsx')).RefreshDialog,
}))

const WhyDialog = lazy(async () => ({ default: (await import('./why-dialog.tsx')).WhyDialog }))
const LaunchDialog = lazy(async () => ({
  default: (await import('../delivery/launch-dialog.tsx')).LaunchDialog,
}))

type Props = { operation: OperationView; step: StepOfOperation }

/** The people of a step: who they are, where each stands, and what is done with them. */
export function TargetsPanel({ operation, step }: Props) {
  const [address, setAddress] = useUrlState(TargetsAddress)
  const [selection, setSelection] = useState<RowSelection>(nothing)
  const [menu, setMenu] = useState<MenuAt | null>(null)
  const [asking, setAsking] = useState<TargetRow | null>(null)
  const [launching, setLaunching] = useState<number | null>(null)
  const canLaunch = useIsSent(step)
  const [dialog, setDialog] = useState<'add' | 'refresh' | null>(null)
  const filter = useMemo(() => filterOf(address), [address])
  const grid = useGrid({ operation, step, filter, onMenu: setMenu })
  const changes = useTargetChanges(step.id)
  const refresh = useRefreshTargets()
  const question = JSON.stringify([step.id, filter])
  // What was ticked was chosen from another list; who was just added stays selected (D-100).
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the question matters
  useEffect(() => setSelection(filter.batch === undefined ? nothing : everything), [question])
  const people: TargetPeople =
    'all' in selection
      ? { filter, except: [...selection.except] }
      : { partyIds: [...selection.ids] }
  const shown = grid.counts?.rows
  const added = (batch: number | null) => {
    void refresh()
    if (batch !== null) setAddress({ find: '', stands: undefined, linked: undefined, batch })
    setDialog(null)
  }
  return (
    <div className={classes.panel}>
      <Tools
        value={address.find}
        hasSelection={grid.hasKept}
        onFind={(find) => setAddress({ find })}
        onOpen={setDialog}
      />
      <StatusChips counts={grid.counts} address={address} onChange={setAddress} />
      {changes.job && <Running job={changes.job} />}
      <div className={classes.grid}>
        <DataGrid<GridTarget>
          label={grid.label}
          queryKey={grid.queryKey}
          fetchSlice={grid.fetchSlice}
          total={shown}
          columns={grid.columns}
          nameOf={nameOf}
          card={grid.card}
          sort={grid.sort}
          onSort={grid.onSort}
          selection={selection}
          onSelect={setSelection}
          selectionActions={
            <BulkButtons
              people={people}
              count={countSelected(selection, shown ?? 0)}
              busy={changes.busy}
              onChange={changes.change}
            />
          }
          onMenu={grid.onMenu}
          empty={
            <Nobody
              narrowed={question !== JSON.stringify([step.id, {}])}
              onAdd={() => setDialog('add')}
              onClear={() =>
                setAddress({ find: '', stands: undefined, linked: undefined, batch: undefined })
              }
            />
          }
          rowHeight={48}
          cardHeight={104}
        />
      </div>
      <TargetMenu
        at={menu}
        onClose={() => setMenu(null)}
        onChange={changes.change}
        onWhy={setAsking}
        onLaunch={canLaunch ? ({ partyId }) => setLaunching(partyId) : undefined}
      />
      <Suspense>
        {dialog === 'add' && (
          <AddDialog
            operation={operation}
            step={step}
            onClose={() => setDialog(null)}
            onAdded={added}
          />
        )}
        {asking && <WhyDialog stepId={step.id} row={asking} onClose={() => setAsking(null)} />}
        {launching !== null && (
          <LaunchDialog
            opened
            stepId={step.id}
            partyIds={[launching]}
            onClose={() => {
              setLaunching(null)
              void refresh()
            }}
          />
        )}
        {dialog === 'refresh' && (
          <RefreshDialog step={step} onClose={() => setDialog(null)} onDone={added} />
        )}
      </Suspense>
    </div>
  )
}

/** Whether launching the step writes to people, rather than calling them. */
function useIsSent(step: StepOfOperation): boolean {
  const { typeOf } = useTables()
  return !isPhoning(typeOf(step.typeCode)?.channel ?? 'phoning')
}

type GridOptions = {
  operation: OperationView
  step: StepOfOperation
  filter: TargetFilter
  onMenu: (at: MenuAt) => void
}

function useGrid({ operation, step, filter, onMenu }: GridOptions) {
  const { t } = useTranslation('targets')
  const [order, setOrder] = useOrder(operation)
  const columns = useColumns(operation, onMenu)
  const { data: counts } = useQuery({
    queryKey: [...targetsKey(step.id), 'count', filter],
    queryFn: ({ signal }) => call(api.countTargets, { id: step.id, ...filter }, signal),
    placeholderData: keepPreviousData,
  })
  const { language } = useTranslation().i18n
  const kept = useQuery({
    queryKey: [...targetsKey(step.id), 'selections', language],
    queryFn: ({ signal }) =>
      call(
        api.listStepSelections,
        { id: step.id, locale: language === 'fr' ? 'fr' : 'en' },
        signal,
      ),
  })
  const fetchSlice = useCallback(
    async (offset: number, limit: number, signal: AbortSignal) => {
      const input = { id: step.id, ...filter, ...order, offset, limit }
      const { rows } = await call(api.listTargets, input, signal)
      return { rows: rows.map((row) => ({ ...row, id: row.partyId })) }
    },
    [step.id, filter, order],
  )
  const card = useCallback((row: GridTarget) => <TargetCard row={row} onMenu={onMenu} />, [onMenu])
  const openMenu = useCallback(
    (row: GridTarget, at: { x: number; y: number }) => onMenu({ row, ...at }),
    [onMenu],
  )
  return {
    label: t('label', { step: step.label }),
    counts,
    hasKept: (kept.data?.length ?? 0) > 0,
    columns,
    card,
    fetchSlice,
    queryKey: [...targetsKey(step.id), 'rows', filter, order],
    onMenu: openMenu,
    sort: { key: order.sort, descending: order.direction === 'desc' },
    onSort: ({ key, descending }: { key: string; descending: boolean }) =>
      setOrder(TargetOrder.parse({ sort: key, direction: descending ? 'desc' : 'asc' })),
  }
}

/** Code, ascending, until someone sorts otherwise: then kept for the operation (D-102). */
function useOrder(operation: OperationView) {
  const client = useQueryClient()
  const order = useMemo(
    () =>
      TargetOrder.catch({ sort: 'code', direction: 'asc' }).parse({
        sort: operation.targetSort,
        direction: operation.targetDirection,
      }),
    [operation.targetSort, operation.targetDirection],
  )
  const keep = (next: TargetOrder) => {
    client.setQueryData(operationQuery(operation.id).queryKey, (view) =>
      view ? { ...view, targetSort: next.sort, targetDirection: next.direction } : view,
    )
    void call(api.keepTargetOrder, { id: operation.id, ...next })
  }
  return [order, keep] as const
}

type ToolsProps = {
  value: string
  hasSelection: boolean
  onFind: (find: string) => void
  onOpen: (dialog: 'add' | 'refresh') => void
}

function Tools({ value, hasSelection, onFind, onOpen }: ToolsProps) {
  const { t } = useTranslation('targets')
  const may = useMay('mailings.write')
  return (
    <div className={classes.tools}>
      <FindBox value={value} onFind={onFind} />
      <div className={classes.end}>
        {hasSelection && (
          <Button
            variant="default"
            leftSection={<IconRefresh size={17} />}
            onClick={() => onOpen('refresh')}
          >
            {t('refresh.button')}
          </Button>
        )}
        <MayTip may={may}>
          {(state) => (
            <Button
              {...state}
              leftSection={<IconUserPlus size={17} />}
              onClick={() => onOpen('add')}
            >
              {t('add.button')}
            </Button>
          )}
        </MayTip>
      </div>
    </div>
  )
}

function FindBox({ value, onFind }: { value: string; onFind: (find: string) => void }) {
  const { t } = useTranslation('targets')
  const [typed, setTyped] = useState(value)
  const later = useDebouncedCallback(onFind, 250)
  useEffect(() => setTyped(value), [value])
  const find = (text: string) => {
    setTyped(text)
    later(text)
  }
  return (
    <TextInput
      type="search"
      data-search
      aria-label={t('find')}
      placeholder={t('find')}
      leftSection={<IconSearch size={17} aria-hidden />}
      value={typed}
      onChange={(event) => find(event.currentTarget.value)}
      rightSection={
        typed === '' ? null : (
          <CloseButton size="sm" aria-label={t('clearFind')} onClick={() => find('')} />
        )
      }
    />
  )
}

function Running({ job }: { job: Parameters<typeof JobProgress>[0]['job'] }) {
  const { t } = useTranslation('targets')
  return <JobProgress title={t('change.running')} job={job} />
}

type NobodyProps = { narrowed: boolean; onAdd: () => void; onClear: () => void }

function Nobody({ narrowed, onAdd, onClear }: NobodyProps) {
  const { t } = useTranslation('targets')
  const may = useMay('mailings.write')
  return (
    <EmptyState
      icon={<IconUsersGroup size={26} />}
      title={t(narrowed ? 'nobody.found' : 'nobody.title')}
      description={t(narrowed ? 'nobody.foundText' : 'nobody.text')}
      actions={
        narrowed ? (
          <Button variant="default" onClick={onClear}>
            {t('nobody.clear')}
          </Button>
        ) : (
          <MayTip may={may}>
            {(state) => (
              <Button {...state} onClick={onAdd}>
                {t('add.button')}
              </Button>
            )}
          </MayTip>
        )
      }
    />
  )
}
