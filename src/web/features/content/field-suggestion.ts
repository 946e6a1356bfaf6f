/** Offers the merge fields while `{…` or `/…` is typed. */

import { PluginKey } from '@tiptap/pm/state'
import { Extension } from '@tiptap/react'
import { Suggestion, type SuggestionProps } from '@tiptap/suggestion'
import { fold } from '#core/kernel/fold.ts'
import type { FieldChoice } from './use-merge-fields.ts'

export type Suggesting = {
  items: readonly FieldChoice[]
  active: number
  rect: DOMRect
  choose: (item: FieldChoice) => void
}

type Options = {
  choices: () => readonly FieldChoice[]
  onChange: (suggesting: Suggesting | null) => void
}

const shownAtOnce = 8

export const FieldSuggestion = Extension.create<Options>({
  name: 'fieldSuggestion',
  addOptions: () => ({ choices: () => [], onChange: () => undefined }),
  addProseMirrorPlugins() {
    const { choices, onChange } = this.options
    return ['{', '/'].map((char) =>
      Suggestion<FieldChoice, FieldChoice>({
        editor: this.editor,
        char,
        pluginKey: new PluginKey(`fields ${char}`),
        allowSpaces: false,
        // A slash is at the start of a word: never within an address or a date.
        allowedPrefixes: char === '/' ? [' '] : null,
        items: ({ query }) => matching(choices(), query),
        command: ({ editor, range, props }) => {
          const field = { type: 'mergeField', attrs: { field: props.key, fallback: '' } }
          editor.chain().focus().insertContentAt(range, field).run()
        },
        render: () => popup(onChange),
      }),
    )
  },
})

function matching(choices: readonly FieldChoice[], query: string): FieldChoice[] {
  const wanted = fold(query.replace(/^\{/, ''))
  const found = choices.filter(
    ({ label, key }) => fold(label).includes(wanted) || fold(key).includes(wanted),
  )
  const first = found.filter(({ label }) => fold(label).startsWith(wanted))
  return [...new Set([...first, ...found])].slice(0, shownAtOnce)
}

type Showing = SuggestionProps<FieldChoice, FieldChoice>

function popup(onChange: Options['onChange']) {
  let active = 0
  let shown: Showing | undefined
  const show = (props: Showing) => {
    shown = props
    active = Math.min(active, Math.max(0, props.items.length - 1))
    const rect = props.clientRect?.()
    onChange(rect ? { items: props.items, active, rect, choose: props.command } : null)
  }
  const move = (by: number) => {
    if (!shown || shown.items.length === 0) return
    active = (active + by + shown.items.length) % shown.items.length
    show(shown)
  }
  const choose = () => {
    const item = shown?.items[active]
    if (!item) return false
    shown?.command(item)
    return true
  }
  return {
    onStart: show,
    onUpdate: (props: Showing) => {
      active = 0
      show(props)
    },
    onKeyDown: ({ event }: { event: KeyboardEvent }) => {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        move(event.key === 'ArrowDown' ? 1 : -1)
        return true
      }
      if (event.key === 'Escape') {
        onChange(null)
        shown = undefined
        return true
      }
      return event.key === 'Enter' || event.key === 'Tab' ? choose() : false
    },
    onExit: () => {
      shown = undefined
      onChange(null)
    },
  }
}
