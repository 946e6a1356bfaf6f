/**
 * Names to ids without asking the database row by row: what exists is known beforehand, what does not gets an id
 * set aside for it and is written with the chunk that names it first.
 */

import { AppError } from '#core/kernel/app-error.ts'
import { fold } from '#core/kernel/fold.ts'
import { ownText } from './loader.ts'

export type Made = { id: number; name: string }

export type DictionaryOptions = {
  what: string
  /** Ids by folded or exact name. */
  known: Map<string, number>
  /** Compare without case and accents. */
  folds: boolean
  /** Null in a dry run, where ids are made up, and where nothing may be made. */
  allocate: ((count: number) => Promise<number[]>) | null
  mayMake: boolean
  /** More different names than this and the column is not what it was taken for. */
  most: number
}

export type Dictionary = {
  /** Undefined when it is unknown and may not be made. */
  readonly idOf: (name: string, made?: (id: number) => void) => number | undefined
  readonly ready: (names: number) => Promise<void>
  /** What was made since last asked. */
  readonly takeMade: () => Made[]
}

export function createDictionary(options: DictionaryOptions): Dictionary {
  const { known, folds, allocate, mayMake, most, what } = options
  let free: number[] = []
  let made: Made[] = []
  let invented = -1
  let lastName = ''
  let lastId: number | undefined

  const make = (name: string): number | undefined => {
    if (!mayMake) return undefined
    if (known.size >= most) throw tooMany(what, most)
    const id = allocate ? free.pop() : invented--
    if (id === undefined) throw new Error(`no ids were set aside for ${what}`)
    made.push({ id, name: ownText(name) })
    return id
  }
  return {
    idOf: (name, onMade) => {
      if (name === lastName) return lastId
      const key = folds ? fold(name) : name
      let id = known.get(key)
      if (id === undefined) {
        id = make(name)
        if (id === undefined) return undefined
        known.set(ownText(key), id)
        onMade?.(id)
      }
      lastName = name
      lastId = id
      return id
    },
    ready: async (names) => {
      if (!allocate || !mayMake || free.length >= names) return
      free = [...(await allocate(Math.max(1_000, names))).reverse(), ...free]
    },
    takeMade: () => {
      const taken = made
      made = []
      return taken
    },
  }
}

const tooMany = (what: string, most: number) =>
  new AppError(
    'invalid',
    'imports/too-many-names',
    `More than ${most} different values for ${what}.`,
    {
      details: { what, most },
    },
  )
