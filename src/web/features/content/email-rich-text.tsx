import { Paper } from '@mantine/core'
import { EditorContent, type JSONContent, useEditor } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { useMemo, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { EmailDocument } from '#core/content/document.ts'
import classes from './content.module.css'
import { FieldSuggestion, type Suggesting } from './field-suggestion.ts'
import { ButtonNode, ImageNode, MergeFieldNode } from './rich-text-nodes.tsx'
import { RichTextToolbar } from './rich-text-toolbar.tsx'
import { type FieldChoice, useMergeFields } from './use-merge-fields.ts'

type Props = {
  value: EmailDocument
  onChange: (value: EmailDocument) => void
  disabled: boolean
}

/** The text of an e-mail: only what every mail program can show; `{` or `/` offers the merge fields. */
export function RichText({ value, onChange, disabled }: Props) {
  const { t } = useTranslation('content')
  const { groups } = useMergeFields()
  const choices = useRef<FieldChoice[]>([])
  choices.current = groups.flatMap(({ fields }) => fields)
  const [suggesting, setSuggesting] = useState<Suggesting | null>(null)
  const extensions = useMemo(
    () => [
      StarterKit.configure({
        blockquote: false,
        code: false,
        codeBlock: false,
        strike: false,
        trailingNode: false,
        heading: { levels: [1, 2, 3] },
        link: {
          openOnClick: false,
          protocols: ['mailto', 'tel'],
          HTMLAttributes: { rel: null, target: null },
        },
      }),
      MergeFieldNode,
      ButtonNode,
      ImageNode,
      FieldSuggestion.configure({ choices: () => choices.current, onChange: setSuggesting }),
    ],
    [],
  )
  const editor = useEditor({
    extensions,
    // TipTap's own type of JSON is wider in every place, and refuses absent properties.
    content: value.content.length > 0 ? (value as JSONContent) : null,
    editable: !disabled,
    immediatelyRender: true,
    editorProps: {
      attributes: {
        class: classes.prose ?? '',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': t('email.body'),
      },
    },
    onUpdate: ({ editor: changed }) => {
      // A link in the making or a picture without an address is no document yet: kept in the editor only.
      const parsed = EmailDocument.safeParse(changed.getJSON())
      if (parsed.success) onChange(parsed.data)
    },
  })
  return (
    <div className={classes.richText} data-disabled={disabled || undefined}>
      {!disabled && <RichTextToolbar editor={editor} />}
      <EditorContent editor={editor} />
      {suggesting && <Suggestions {...suggesting} />}
    </div>
  )
}

function Suggestions({ items, active, rect, choose }: Suggesting) {
  if (items.length === 0) return null
  return createPortal(
    <Paper
      shadow="md"
      className={classes.suggestions ?? ''}
      style={{ left: rect.left, top: rect.bottom + 4 }}
      role="listbox"
    >
      {items.map((item, at) => (
        <button
          key={item.key}
          type="button"
          role="option"
          aria-selected={at === active}
          tabIndex={-1}
          className={classes.suggestion}
          // The editor keeps the focus and the caret.
          onMouseDown={(event) => {
            event.preventDefault()
            choose(item)
          }}
        >
          {item.label}
        </button>
      ))}
    </Paper>,
    document.body,
  )
}
