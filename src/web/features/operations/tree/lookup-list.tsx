import { Button, CloseButton } from '@mantine/core'
import { IconFilterOff, IconFolderOpen } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { listOperations, OperationSort } from '#core/operations/api.ts'
import type { OperationLine } from '#core/operations/operation.ts'
import { pathTo, type Tree } from '#core/operations/tree.ts'
import { call } from '../../../platform/call.ts'
import { DataGrid } from '../../../ui/data-grid/data-grid.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { isFiltered, type ListAddress, noFilter } from './list-address.ts'
import { OperationCard, useOperationColumns } from './list-columns.tsx'
import { ListFilters } from './list-filters.tsx'
import classes from './tree.module.css'

type Props = {
  tree: Tree
  address: ListAddress
  onChange: (patch: Partial<ListAddress>) => void
}

const nameOf = (row: OperationLine) => row.label

/** The operations of the chosen title, or all of them: the list for looking up, beside the tree that manages (D-13). */
export function LookupList({ tree, address, onChange }: Props) {
  const { t } = useTranslation('operations')
  const navigate = useNavigate()
  const { queryKey, fetchSlice } = useList(address)
  const columns = useOperationColumns(tree)
  const card = useCallback((row: OperationLine) => <OperationCard row={row} />, [])
  const path = pathTo(tree, address.folder ?? null).map(({ label }) => label)
  return (
    <section className={classes.list} aria-label={t('list.title')}>
      <ListFilters address={address} onChange={onChange} />
      {path.length > 0 && (
        <div className={classes.chosen}>
          <IconFolderOpen size={16} aria-hidden />
          <span>{t('list.inside', { path: path.join(' › ') })}</span>
          <CloseButton
            size="sm"
            aria-label={t('list.everywhere')}
            onClick={() => onChange({ folder: undefined })}
          />
        </div>
      )}
      <DataGrid
        label={t('list.title')}
        queryKey={queryKey}
        fetchSlice={fetchSlice}
        columns={columns}
        nameOf={nameOf}
        card={card}
        bare
        sort={{ key: address.sort, descending: address.direction === 'desc' }}
        onSort={({ key, descending }) =>
          onChange({
            sort: OperationSort.catch('label').parse(key),
            direction: descending ? 'desc' : 'asc',
          })
        }
        onOpen={(row) => void navigate({ to: `/operations/${row.id}` })}
        empty={<Nothing address={address} onChange={onChange} />}
        rowHeight={50}
        cardHeight={104}
      />
    </section>
  )
}

function useList(address: ListAddress) {
  const { folder, search, state, family, owner, from, to, template, sort, direction } = address
  const question = useMemo(
    () => ({
      search,
      sort,
      direction,
      state,
      template,
      folderId: folder,
      familyId: family,
      ownerId: owner,
      progressFrom: from,
      progressTo: to,
    }),
    [folder, search, state, family, owner, from, to, template, sort, direction],
  )
  const queryKey = useMemo(() => ['operations', 'list', question], [question])
  const fetchSlice = useCallback(
    (offset: number, limit: number, signal: AbortSignal) =>
      call(listOperations, { ...question, offset, limit }, signal),
    [question],
  )
  return { queryKey, fetchSlice }
}

function Nothing({ address, onChange }: Omit<Props, 'tree'>) {
  const { t } = useTranslation('operations')
  const filtered = isFiltered(address)
  return (
    <EmptyState
      icon={<IconFilterOff size={22} />}
      title={t(filtered ? 'list.nothingFound' : 'list.nothingHere')}
      description={t(filtered ? 'list.nothingFoundText' : 'list.nothingHereText')}
      actions={
        filtered && (
          <Button variant="default" onClick={() => onChange(noFilter)}>
            {t('list.clear')}
          </Button>
        )
      }
    />
  )
}
