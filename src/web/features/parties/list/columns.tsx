import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { PartyRow } from '#core/parties/list.ts'
import { loyaltyFigures } from '#core/parties/loyalty.ts'
import { displayName } from '#core/parties/party.ts'
import { printPhone } from '#core/parties/phone.ts'
import { useFormat } from '../../../platform/format.ts'
import type { Column } from '../../../ui/data-grid/columns.ts'
import { useCatalogue } from '../catalogue.ts'
import classes from '../parties.module.css'
import { TagBadges } from '../tag-badge.tsx'
import { inCurrency, useFields, useFieldText } from '../use-field.ts'
import { ReachIcons } from './reach-icons.tsx'

function Who({ row }: { row: PartyRow }) {
  return (
    <span className={classes.who}>
      <strong>{displayName(row)}</strong>
      <small>{row.email || row.code}</small>
    </span>
  )
}

/** A customer on a phone: how to reach them, where they live, when they came last, their tags. */
export function WhoCard({ row }: { row: PartyRow }) {
  const { t } = useTranslation('parties')
  const format = useFormat()
  const { tags } = useCatalogue()
  const mobile = row.mobileNumber ? printPhone(row.mobileNumber) : row.mobile
  const place = [row.postalCode, row.city].filter(Boolean).join(' ')
  const facts = [
    mobile,
    place,
    row.lastVisitOn ? t('columns.lastVisitOn', { day: format.day(row.lastVisitOn) }) : '',
  ].filter(Boolean)
  return (
    <span className={classes.who}>
      <strong>{displayName(row)}</strong>
      <small>{[row.email || row.code, ...facts.slice(0, 1)].join(' · ')}</small>
      <small>{facts.slice(1).join(' · ')}</small>
      {row.tags.length > 0 && <TagBadges ids={row.tags} tags={tags} most={2} />}
    </span>
  )
}

/** Every column there is, in the order of the chooser. */
export function useColumns(): Column<PartyRow>[] {
  const { t, i18n } = useTranslation('parties')
  const catalogue = useCatalogue()
  const format = useFormat()
  const view = useFields()
  const text = useFieldText()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rest changes with the language and the catalogue
  return useMemo(() => {
    const nameOf = <T extends { id: number }>(list: readonly T[], id: number | null) =>
      list.find((entry) => entry.id === id)
    const plain = (key: keyof PartyRow & string, width: string, from = 0): Column<PartyRow> => {
      const field = view(key)
      return {
        key,
        header: field.label,
        width,
        from,
        cell: (row) => text(field, row[key] as string | number | null),
      }
    }
    const phone = (key: 'phone' | 'mobile'): Column<PartyRow> => ({
      key,
      header: t(`fields.${key}`),
      width: '132px',
      cell: (row) => {
        const number = key === 'phone' ? row.phoneNumber : row.mobileNumber
        return number ? printPhone(number) : row[key]
      },
    })
    return [
      {
        key: 'name',
        header: t('columns.name'),
        width: 'minmax(176px, 1.6fr)',
        sortable: true,
        cell: (row) => <Who row={row} />,
      },
      { ...plain('code', '110px'), sortable: true },
      { ...plain('email', 'minmax(170px, 1.2fr)'), sortable: true },
      phone('phone'),
      phone('mobile'),
      { ...plain('postalCode', '112px'), sortable: true },
      { ...plain('city', 'minmax(104px, 1fr)'), sortable: true },
      {
        key: 'reach',
        header: t('columns.reach'),
        width: '96px',
        from: 640,
        cell: (row) => <ReachIcons person={row} />,
      },
      {
        key: 'store',
        header: t('fields.store'),
        width: 'minmax(110px, 1fr)',
        sortable: true,
        from: 820,
        cell: (row) => nameOf(catalogue.stores, row.store)?.name ?? '',
      },
      { ...plain('kind', '110px'), sortable: true },
      {
        key: 'category',
        header: t('fields.category'),
        width: '120px',
        sortable: true,
        cell: (row) => nameOf(catalogue.categories, row.category)?.label ?? '',
      },
      {
        key: 'tags',
        header: t('columns.tags'),
        width: 'minmax(150px, 1fr)',
        cell: (row) => <TagBadges ids={row.tags} tags={catalogue.tags} most={2} />,
      },
      {
        key: 'visits',
        header: t('columns.visits'),
        width: '72px',
        numeric: true,
        from: 720,
        cell: (row) => format.integer(row.purchases.reduce((sum, { visits }) => sum + visits, 0)),
      },
      {
        key: 'revenue',
        header: t('columns.revenue'),
        width: '130px',
        numeric: true,
        from: 720,
        cell: (row) => (
          <span className={classes.sums}>
            {row.purchases.map(({ revenue, currency }) => (
              <span key={currency}>{format.money(revenue, currency)}</span>
            ))}
          </span>
        ),
      },
      {
        key: 'lastVisit',
        header: t('columns.lastVisit'),
        width: '122px',
        sortable: true,
        from: 560,
        cell: (row) => (row.lastVisitOn ? format.day(row.lastVisitOn) : ''),
      },
      plain('birthday', '130px'),
      { ...plain('cardNumber', '150px'), sortable: true },
      {
        key: 'cardType',
        header: t('fields.cardType'),
        width: '130px',
        sortable: true,
        cell: (row) => nameOf(catalogue.cardTypes, row.cardType)?.label ?? '',
      },
      ...loyaltyFigures.map(
        (key): Column<PartyRow> => ({
          key,
          header: t(`fields.${key}`),
          width: '130px',
          numeric: true,
          sortable: true,
          cell: (row) => text(inCurrency(view(key), row.loyaltyCurrency), row[key]),
        }),
      ),
      {
        key: 'createdAt',
        header: t('columns.createdAt'),
        width: '122px',
        sortable: true,
        cell: (row) => format.day(row.createdAt),
      },
    ]
  }, [catalogue, i18n.language, t])
}
