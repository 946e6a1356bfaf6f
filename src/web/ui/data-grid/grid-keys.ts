/** Where a key leads: a row (−1 is the header row), and there a column. */
export type GridPlace = { row: number; column: number }

type Shape = { rows: number; columns: number; pageRows: number }

const within = (value: number, least: number, most: number) =>
  Math.min(Math.max(least, value), most)

/** The place after a movement key, undefined when the key does not move. */
export function move(place: GridPlace, key: string, shape: Shape): GridPlace | undefined {
  const toRow = (row: number) => ({ ...place, row: within(row, -1, shape.rows - 1) })
  switch (key) {
    case 'ArrowDown':
      return toRow(place.row + 1)
    case 'ArrowUp':
      return toRow(place.row - 1)
    case 'PageDown':
      return toRow(place.row + shape.pageRows)
    case 'PageUp':
      return toRow(Math.max(0, place.row - shape.pageRows))
    case 'Home':
      return toRow(0)
    case 'End':
      return toRow(shape.rows - 1)
    case 'ArrowRight':
    case 'ArrowLeft':
      return place.row === -1
        ? {
            row: -1,
            column: within(place.column + (key === 'ArrowRight' ? 1 : -1), 0, shape.columns - 1),
          }
        : undefined
    default:
      return undefined
  }
}
