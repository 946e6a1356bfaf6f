import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layOut } from './graph.ts'
import { directions, flatten, isWithin, outlineOf, placeAfterMove } from './outline.ts'

/** Steps whose titles and origins are always earlier ones: no circle, any shape. */
const steps = fc
  .array(fc.record({ isFinal: fc.boolean(), parent: fc.nat(), origin: fc.nat() }), {
    maxLength: 25,
  })
  .map((raw) => {
    const made: {
      id: number
      parentId: number | null
      originId: number | null
      position: number
      isFinal: boolean
    }[] = []
    for (const [at, { isFinal, parent, origin }] of raw.entries()) {
      const titles = made.filter((one) => !one.isFinal)
      const sources = made.filter((one) => one.isFinal)
      made.push({
        id: at + 1,
        position: at,
        isFinal,
        parentId: titles[parent % (titles.length + 1)]?.id ?? null,
        originId: isFinal ? (sources[origin % (sources.length + 1)]?.id ?? null) : null,
      })
    }
    return made
  })

describe('the outline', () => {
  it('shows every line once, below its title', async () => {
    await fc.assert(
      fc.property(steps, (all) => {
        const lines = flatten(outlineOf(all))
        expect(lines.map(({ step }) => step.id).sort((a, b) => a - b)).toEqual(
          all.map(({ id }) => id),
        )
        for (const { step, children } of lines) {
          for (const child of children) expect(child.step.parentId).toBe(step.id)
        }
      }),
    )
  })

  it('moves lines only to where they may stand: a title or the top, never below themselves', async () => {
    await fc.assert(
      fc.property(steps, (all) => {
        const moves = all.flatMap(({ id }) => directions.map((direction) => ({ id, direction })))
        for (const { id, direction } of moves) {
          const place = placeAfterMove(all, id, direction)
          const parent = all.find((one) => one.id === place?.parentId)
          expect(parent?.isFinal ?? false).toBe(false)
          expect(isWithin(all, place?.parentId ?? null, id)).toBe(false)
          const before = all.find((one) => one.id === place?.beforeId)
          expect(before?.parentId).toBe(before && place?.parentId)
        }
      }),
    )
  })
})

describe('the graph', () => {
  it('gives each step a place of its own, below its origin and in the middle of what it feeds', async () => {
    await fc.assert(
      fc.property(steps, (all) => {
        const places = new Map(layOut(all).map((place) => [place.id, place]))
        expect(places.size).toBe(all.length)
        const spots = [...places.values()].map(({ column, row }) => `${column} ${row}`)
        expect(new Set(spots).size).toBe(all.length)
        for (const step of all) {
          const own = places.get(step.id)
          const origin = places.get(step.originId ?? 0)
          if (origin) expect(own?.row).toBe(origin.row + 1)
          const fed = all.filter((one) => one.originId === step.id)
          const columns = fed.map(({ id }) => places.get(id)?.column ?? 0)
          if (columns.length === 0) continue
          expect(own?.column).toBe((Math.min(...columns) + Math.max(...columns)) / 2)
        }
      }),
    )
  })

  it('places every step even of a circle', () => {
    const circle = [
      { id: 1, originId: 2 },
      { id: 2, originId: 1 },
    ]
    expect(layOut(circle)).toHaveLength(2)
  })
})
