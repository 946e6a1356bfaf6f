/** The outline of the steps: titles with lines below them, in their order, and where a line may be moved to. */
import type { StepOfOperation } from './operation.ts'

type Line = Pick<StepOfOperation, 'id' | 'parentId' | 'position' | 'isFinal'>

export type OutlineLine<T extends Line> = {
  step: T
  /** From 1. */
  level: number
  children: OutlineLine<T>[]
}

const inOrder = <T extends Line>(steps: readonly T[], parentId: number | null): T[] =>
  steps
    .filter((step) => step.parentId === parentId)
    .sort((a, b) => a.position - b.position || a.id - b.id)

/** A step whose title is gone stands at the top: no line is ever hidden. */
export function outlineOf<T extends Line>(steps: readonly T[]): OutlineLine<T>[] {
  const known = new Set(steps.map(({ id }) => id))
  const rooted = steps.map((step) =>
    step.parentId !== null && !known.has(step.parentId) ? { ...step, parentId: null } : step,
  )
  const below = (parentId: number | null, level: number): OutlineLine<T>[] =>
    inOrder(rooted, parentId).map((step) => ({ step, level, children: below(step.id, level + 1) }))
  return below(null, 1)
}

/** Every line from top to bottom, as it is read. */
export const flatten = <T extends Line>(lines: readonly OutlineLine<T>[]): OutlineLine<T>[] =>
  lines.flatMap((line) => [line, ...flatten(line.children)])

export type Place = { parentId: number | null; beforeId: number | null }
export const directions = ['up', 'down', 'in', 'out'] as const
export type Direction = (typeof directions)[number]

/** Where a line goes by one move of the menu or of Alt with an arrow key; null when it cannot. */
export function placeAfterMove(
  steps: readonly Line[],
  id: number,
  direction: Direction,
): Place | null {
  const step = steps.find((one) => one.id === id)
  if (!step) return null
  const siblings = inOrder(steps, step.parentId)
  const at = siblings.findIndex((one) => one.id === id)
  const { parentId } = step
  switch (direction) {
    case 'up': {
      const above = siblings[at - 1]
      return above ? { parentId, beforeId: above.id } : null
    }
    case 'down':
      return siblings[at + 1] ? { parentId, beforeId: siblings[at + 2]?.id ?? null } : null
    case 'in': {
      const above = siblings[at - 1]
      return above && !above.isFinal ? { parentId: above.id, beforeId: null } : null
    }
    default: {
      const parent = steps.find((one) => one.id === parentId)
      return parent ? { parentId: parent.parentId, beforeId: nextOf(steps, parent) } : null
    }
  }
}

/** The line that follows among those below the same title; null at the end. */
export function nextOf(steps: readonly Line[], step: Line): number | null {
  const siblings = inOrder(steps, step.parentId)
  return siblings[siblings.findIndex(({ id }) => id === step.id) + 1]?.id ?? null
}

/** Whether `id` is `under` or stands somewhere below it: it cannot be moved there. */
export function isWithin(steps: readonly Line[], id: number | null, under: number): boolean {
  let at = id
  for (let walked = 0; at !== null && walked <= steps.length; walked += 1) {
    if (at === under) return true
    at = steps.find((one) => one.id === at)?.parentId ?? null
  }
  return false
}
