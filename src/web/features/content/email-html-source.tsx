import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { html } from '@codemirror/lang-html'
import { defaultHighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { Compartment, EditorState } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './content.module.css'
import { InsertField } from './insert-field.tsx'

type Props = { value: string; onChange: (value: string) => void; disabled: boolean }

/** A designer's own HTML with merge fields. */
export function HtmlSource({ value, onChange, disabled }: Props) {
  const { t } = useTranslation('content')
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const latest = useRef(onChange)
  latest.current = onChange
  const label = t('email.source')
  const start = useRef(value)
  const locked = useRef(new Compartment())

  useEffect(() => {
    if (!place.current) return
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: start.current,
        extensions: [
          lineNumbers(),
          history(),
          html(),
          syntaxHighlighting(defaultHighlightStyle),
          EditorView.lineWrapping,
          // Tab leaves the editor: nobody is caught in it.
          keymap.of([...defaultKeymap, ...historyKeymap]),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current(update.state.doc.toString())
          }),
          locked.current.of(EditorState.readOnly.of(false)),
        ],
      }),
    })
    view.current = editor
    return () => editor.destroy()
  }, [label])

  useEffect(() => {
    view.current?.dispatch({
      effects: locked.current.reconfigure(EditorState.readOnly.of(disabled)),
    })
  }, [disabled])

  const insert = (key: string) => {
    const editor = view.current
    if (!editor) return
    editor.dispatch(editor.state.replaceSelection(`{{${key}}}`))
    editor.focus()
  }
  return (
    <div className={classes.source}>
      <div className={classes.toolbar}>
        <InsertField onInsert={insert} disabled={disabled} />
      </div>
      <div ref={place} />
    </div>
  )
}
