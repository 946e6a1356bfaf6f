import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Sort } from './data-grid/columns.ts'

/** Rows that are all there, in the order that a click on a heading asks for; in their own order at first. */
export function useSorted<Row>(
  rows: readonly Row[],
  textOf: Readonly<Record<string, (row: Row) => string>>,
) {
  const { language } = useTranslation().i18n
  const [sort, setSort] = useState<Sort>()
  const sorted = useMemo(() => {
    const text = sort && textOf[sort.key]
    if (!text) return rows
    const { compare } = new Intl.Collator(language, { numeric: true, sensitivity: 'base' })
    const up = rows.toSorted((a, b) => compare(text(a), text(b)))
    return sort.descending ? up.reverse() : up
  }, [rows, sort, textOf, language])
  return { rows: sorted, sort, onSort: setSort }
}
