import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from '../kernel/fold.ts'
import type { Folder, TreeOperation } from './operation.ts'
import {
  besides,
  buildTree,
  dropPlace,
  findInTree,
  markWords,
  mayHang,
  pathTo,
  shownNodes,
  type Tree,
} from './tree.ts'

const folder = (id: number, parentId: number | null, label = `T${id}`): Folder => ({
  id,
  parentId,
  label,
  code: '',
  position: id,
  version: 1,
})
const operation = (id: number, folderId: number | null, label = `O${id}`): TreeOperation => ({
  id,
  folderId,
  label,
  code: '',
  stateCode: 'preparing',
  isTemplate: false,
  progress: 0,
})

/** Each title hangs below an earlier one or at the top; each operation anywhere. */
const anyTree = fc
  .tuple(fc.array(fc.nat(), { maxLength: 30 }), fc.array(fc.nat(), { maxLength: 30 }))
  .map(([above, below]) => {
    const folders = above.map((draw, at) => folder(at + 1, draw % (at + 1) || null))
    const operations = below.map((draw, at) =>
      operation(at + 1, draw % (folders.length + 1) || null),
    )
    return { folders, operations, tree: buildTree(folders, operations) }
  })
const nodeOf = (tree: Tree, draw: number) => tree.nodes[draw % tree.nodes.length]

describe('the tree', () => {
  it('holds everything once, below its title, and counts what is in it', () => {
    void fc.assert(
      fc.property(anyTree, ({ folders, operations, tree }) => {
        expect(tree.nodes).toHaveLength(folders.length + operations.length)
        for (const node of tree.nodes) {
          expect(node.level).toBe(pathTo(tree, node.parentId).length + 1)
          if (node.kind !== 'folder') continue
          const below = operations.filter(({ folderId }) =>
            pathTo(tree, folderId).some(({ id }) => id === node.id),
          )
          expect(node.operations).toBe(below.length)
        }
      }),
    )
  })

  it('shows exactly what has no folded title above it', () => {
    void fc.assert(
      fc.property(anyTree, fc.nat(), ({ tree }, seed) => {
        const isOpen = (id: number) => (id * 7 + seed) % 3 !== 0
        const expected = tree.nodes.filter(({ parentId }) =>
          pathTo(tree, parentId).every(({ id }) => isOpen(id)),
        )
        expect(shownNodes(tree, isOpen)).toEqual(expected)
      }),
    )
  })

  it('never offers a place below itself', () => {
    const zones = fc.constantFrom('before', 'into', 'after')
    void fc.assert(
      fc.property(anyTree, fc.nat(), fc.nat(), zones, ({ tree }, first, second, zone) => {
        const [node, over] = [nodeOf(tree, first), nodeOf(tree, second)]
        if (!node || !over) return
        const place = dropPlace(tree, node, { over, zone })
        if (place) expect(mayHang(tree, node, place.folderId)).toBe(true)
        for (const step of [1, -1] as const) {
          expect(besides(tree, node, step)?.folderId ?? node.parentId).toBe(node.parentId)
        }
      }),
    )
  })

  it('moves a line up, down, and to where it is dropped', () => {
    const tree = buildTree(
      [folder(1, null), folder(2, null)],
      [1, 2, 3].map((id) => operation(id, 1)),
    )
    const [a, b, c] = ['o1', 'o2', 'o3'].map((key) => tree.byKey.get(key))
    const title = tree.byKey.get('f2')
    if (!a || !b || !c || !title) throw new Error('not in the tree')
    expect(besides(tree, b, -1)).toEqual({ folderId: 1, beforeId: 1 })
    expect(besides(tree, a, 1)).toEqual({ folderId: 1, beforeId: 3 })
    expect(besides(tree, b, 1)).toEqual({ folderId: 1, beforeId: null })
    expect(besides(tree, c, 1)).toBeUndefined()
    expect(dropPlace(tree, c, { over: a, zone: 'after' })).toEqual({ folderId: 1, beforeId: 2 })
    expect(dropPlace(tree, c, { over: title, zone: 'into' })).toEqual({
      folderId: 2,
      beforeId: null,
    })
  })
})

describe('the search', () => {
  it('finds without regard to accents, and marks what it found', () => {
    const tree = buildTree([folder(1, null, 'Vœux')], [operation(1, 1, 'Été à Évian')])
    expect(findInTree(tree, 'voeu').map(({ key }) => key)).toEqual(['f1'])
    expect(findInTree(tree, ' ')).toEqual([])
    expect(markWords('Été à Évian', 'e')).toEqual([
      { text: 'É', isHit: true },
      { text: 't', isHit: false },
      { text: 'é', isHit: true },
      { text: ' à ', isHit: false },
      { text: 'É', isHit: true },
      { text: 'vian', isHit: false },
    ])
    expect(markWords('Vœux', 'oe')).toContainEqual({ text: 'œ', isHit: true })
  })

  it('loses no letter of a text by marking it', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'é', 'œ', 'o', 'e', ' ', '😀') })
    void fc.assert(
      fc.property(letters, letters, (text, words) => {
        const pieces = markWords(text, words)
        expect(pieces.map((piece) => piece.text).join('')).toBe(text)
        const wanted = fold(words.trim())
        if (wanted !== '' && fold(text).includes(wanted)) {
          expect(pieces.some(({ isHit }) => isHit)).toBe(true)
        }
      }),
    )
  })
})
