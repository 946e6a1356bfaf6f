/** Which rows of a list are chosen: some by id, or all that match but a few. Never a million ids. */
export type RowSelection = { all: true; except: readonly number[] } | { ids: readonly number[] }

export const nothing: RowSelection = { ids: [] }
export const everything: RowSelection = { all: true, except: [] }

export const isSelected = (selection: RowSelection, id: number): boolean =>
  'all' in selection ? !selection.except.includes(id) : selection.ids.includes(id)

/** No row at all; all but some may still be none, which only the total can tell. */
export const isNothing = (selection: RowSelection): boolean =>
  'ids' in selection && selection.ids.length === 0

export const countSelected = (selection: RowSelection, total: number): number =>
  'all' in selection ? total - selection.except.length : selection.ids.length

const toggled = (ids: readonly number[], id: number): number[] =>
  ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]

export const toggle = (selection: RowSelection, id: number): RowSelection =>
  'all' in selection
    ? { all: true, except: toggled(selection.except, id) }
    : { ids: toggled(selection.ids, id) }

/** Adds the ids of a page, or takes them all away when every one was chosen. */
export function togglePage(selection: RowSelection, page: readonly number[]): RowSelection {
  if ('all' in selection) return nothing
  const complete = page.every((id) => selection.ids.includes(id))
  const others = selection.ids.filter((id) => !page.includes(id))
  return { ids: complete ? others : [...others, ...page] }
}
