import { ActionIcon, Tooltip } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBold,
  IconH1,
  IconH2,
  IconItalic,
  IconLink,
  IconList,
  IconListNumbers,
  IconPhoto,
  IconRectangle,
  IconSeparatorHorizontal,
  IconUnderline,
  type TablerIcon,
} from '@tabler/icons-react'
import { type Editor, useEditorState } from '@tiptap/react'
import { useTranslation } from 'react-i18next'
import classes from './content.module.css'
import { InsertField } from './insert-field.tsx'
import { completeAddress, Editing } from './rich-text-nodes.tsx'

type Command = {
  key: string
  icon: TablerIcon
  run: (editor: Editor) => void
  active?: (editor: Editor) => boolean
}

const commands: readonly Command[] = [
  { key: 'undo', icon: IconArrowBackUp, run: (e) => e.chain().focus().undo().run() },
  { key: 'redo', icon: IconArrowForwardUp, run: (e) => e.chain().focus().redo().run() },
  {
    key: 'bold',
    icon: IconBold,
    run: (e) => e.chain().focus().toggleBold().run(),
    active: (e) => e.isActive('bold'),
  },
  {
    key: 'italic',
    icon: IconItalic,
    run: (e) => e.chain().focus().toggleItalic().run(),
    active: (e) => e.isActive('italic'),
  },
  {
    key: 'underline',
    icon: IconUnderline,
    run: (e) => e.chain().focus().toggleUnderline().run(),
    active: (e) => e.isActive('underline'),
  },
  {
    key: 'h1',
    icon: IconH1,
    run: (e) => e.chain().focus().toggleHeading({ level: 1 }).run(),
    active: (e) => e.isActive('heading', { level: 1 }),
  },
  {
    key: 'h2',
    icon: IconH2,
    run: (e) => e.chain().focus().toggleHeading({ level: 2 }).run(),
    active: (e) => e.isActive('heading', { level: 2 }),
  },
  {
    key: 'bullets',
    icon: IconList,
    run: (e) => e.chain().focus().toggleBulletList().run(),
    active: (e) => e.isActive('bulletList'),
  },
  {
    key: 'numbers',
    icon: IconListNumbers,
    run: (e) => e.chain().focus().toggleOrderedList().run(),
    active: (e) => e.isActive('orderedList'),
  },
]

const blocks: readonly Command[] = [
  {
    key: 'button',
    icon: IconRectangle,
    run: (e) => e.chain().focus().insertContent({ type: 'button' }).run(),
  },
  {
    key: 'image',
    icon: IconPhoto,
    run: (e) => e.chain().focus().insertContent({ type: 'image' }).run(),
  },
  {
    key: 'rule',
    icon: IconSeparatorHorizontal,
    run: (e) => e.chain().focus().setHorizontalRule().run(),
  },
]

export function RichTextToolbar({ editor }: { editor: Editor }) {
  const { t } = useTranslation('content')
  const active = useEditorState({
    editor,
    selector: ({ editor: state }) => ({
      pressed: commands.filter((command) => command.active?.(state)).map(({ key }) => key),
      href: String(state.getAttributes('link').href ?? ''),
    }),
  })
  const insert = (field: string) =>
    editor.chain().focus().insertContent({ type: 'mergeField', attrs: { field } }).run()
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={t('rich.toolbar')}>
      {commands.map((command) => (
        <Tool
          key={command.key}
          command={command}
          editor={editor}
          pressed={command.active ? active.pressed.includes(command.key) : undefined}
        />
      ))}
      <LinkTool editor={editor} href={active.href} />
      {blocks.map((command) => (
        <Tool key={command.key} command={command} editor={editor} pressed={undefined} />
      ))}
      <InsertField onInsert={insert} />
    </div>
  )
}

type ToolProps = { command: Command; editor: Editor; pressed: boolean | undefined }

function Tool({ command: { key, icon: Icon, run }, editor, pressed }: ToolProps) {
  const { t } = useTranslation('content')
  return (
    <Tooltip label={t(`rich.${key}`)}>
      <ActionIcon
        variant={pressed ? 'light' : 'subtle'}
        color={pressed ? 'brand' : 'gray'}
        aria-label={t(`rich.${key}`)}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        onClick={() => run(editor)}
      >
        <Icon size={17} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  )
}

function LinkTool({ editor, href }: { editor: Editor; href: string }) {
  const { t } = useTranslation('content')
  const save = (typed: string) => {
    const chain = editor.chain().focus().extendMarkRange('link')
    const address = completeAddress(typed)
    if (address === '') return chain.unsetLink().run()
    // Without a selection there is no text to carry the link: the address is the text.
    return editor.state.selection.empty && href === ''
      ? chain
          .insertContent({
            type: 'text',
            text: address,
            marks: [{ type: 'link', attrs: { href: address } }],
          })
          .run()
      : chain.setLink({ href: address }).run()
  }
  return (
    <Editing
      disabled={false}
      fields={[{ key: 'href', label: t('rich.address'), placeholder: 'https://' }]}
      values={{ href }}
      onSave={(values) => save(values.href ?? '')}
      target={(open) => (
        <ActionIcon
          variant={href ? 'light' : 'subtle'}
          color={href ? 'brand' : 'gray'}
          aria-label={t('rich.link')}
          title={t('rich.link')}
          aria-pressed={href !== ''}
          onClick={open}
        >
          <IconLink size={17} stroke={1.7} />
        </ActionIcon>
      )}
    />
  )
}
