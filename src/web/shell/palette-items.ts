import { useDebouncedValue } from '@mantine/hooks'
import { IconTargetArrow, IconUser, type TablerIcon } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { fold } from '#core/kernel/fold.ts'
import { listOperations } from '#core/operations/api.ts'
import { listParties } from '#core/parties/list-api.ts'
import { displayName } from '#core/parties/party.ts'
import { useActor, useMay } from '../features/access/session.ts'
import { call } from '../platform/call.ts'
import { paletteActions } from './palette-actions.ts'
import { settingsSections } from './settings-sections.ts'
import { useNav } from './use-nav.ts'

export type PaletteItem = {
  id: string
  label: string
  detail?: string
  icon: TablerIcon
  to: string
}

const mostCustomers = 6
const mostOperations = 5

/** What the words may mean: pages and actions at once, customers as soon as the server has found them. */
export function usePaletteItems(words: string): { items: PaletteItem[]; searching: boolean } {
  const wanted = fold(words.trim())
  const fixed = useFixedItems().filter(({ label, detail = '' }) =>
    fold(`${label} ${detail}`).includes(wanted),
  )
  const { customers, searching } = useCustomers(words.trim())
  const found = useOperations(words.trim())
  return {
    items: [...fixed, ...found.operations, ...customers],
    searching: searching || found.searching,
  }
}

function useFixedItems(): PaletteItem[] {
  const { t } = useTranslation()
  const { routesByPath } = useRouter()
  const rights = useActor()?.rights ?? []
  const pages = useNav().map(({ key, to, icon }) => ({
    id: `page-${key}`,
    label: t(`nav.${key}`),
    icon,
    to,
  }))
  const actions = paletteActions
    .filter((action) => rights.includes(action.may) && action.page in routesByPath)
    .map(({ key, to, icon }) => ({ id: `action-${key}`, label: t(`palette.${key}`), icon, to }))
  const settings = settingsSections
    .filter((section) => rights.includes(section.may))
    .map(({ key, to, icon }) => ({
      id: `settings-${key}`,
      label: t(`settings.${key}`),
      detail: t('nav.settings'),
      icon,
      to,
    }))
  return [...pages, ...actions, ...settings]
}

function useCustomers(words: string): { customers: PaletteItem[]; searching: boolean } {
  const mayView = useMay('customers.view')
  const [search] = useDebouncedValue(words, 200)
  const enabled = mayView && search.length >= 2
  const { data, isFetching } = useQuery({
    queryKey: ['palette', search],
    queryFn: ({ signal }) => call(listParties, { search, limit: mostCustomers }, signal),
    enabled,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  const customers = (enabled ? (data?.rows ?? []) : []).map((party) => ({
    id: `party-${party.id}`,
    label: displayName(party),
    detail: [party.email, [party.postalCode, party.city].filter(Boolean).join(' ')]
      .filter(Boolean)
      .join(' · '),
    icon: IconUser,
    to: `/customers/${party.id}`,
  }))
  return { customers, searching: words.length >= 2 && mayView && (isFetching || words !== search) }
}

/** Marketing operations by name or code, the ones worked on last first. */
function useOperations(words: string): { operations: PaletteItem[]; searching: boolean } {
  const { t } = useTranslation()
  const mayView = useMay('mailings.view')
  const [search] = useDebouncedValue(words, 200)
  const enabled = mayView && search.length >= 2
  const { data, isFetching } = useQuery({
    queryKey: ['operations', 'palette', search],
    queryFn: ({ signal }) =>
      call(
        listOperations,
        { search, sort: 'updatedAt', direction: 'desc', limit: mostOperations },
        signal,
      ),
    enabled,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  const operations = (enabled ? (data?.rows ?? []) : []).map(({ id, code, label }) => ({
    id: `operation-${id}`,
    label,
    detail: [code, t('nav.operations')].filter(Boolean).join(' · '),
    icon: IconTargetArrow,
    to: `/operations/${id}`,
  }))
  return { operations, searching: mayView && words.length >= 2 && (isFetching || words !== search) }
}
