/** The blocks of an e-mail that are more than text: a merge field, a button, a picture. */
import { Button, Group, Popover, Stack, TextInput } from '@mantine/core'
import { IconPhoto } from '@tabler/icons-react'
import { Node, type NodeViewProps, NodeViewWrapper, ReactNodeViewRenderer } from '@tiptap/react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './content.module.css'
import { useMergeFields } from './use-merge-fields.ts'

const text = (value: unknown) => (typeof value === 'string' ? value : '')

export const MergeFieldNode = Node.create({
  name: 'mergeField',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => ({ field: { default: '' }, fallback: { default: '' } }),
  parseHTML: () => [{ tag: 'span[data-merge-field]' }],
  renderHTML: ({ node }) => ['span', { 'data-merge-field': text(node.attrs.field) }],
  renderText: ({ node }) => `{{${text(node.attrs.field)}}}`,
  addNodeView: () => ReactNodeViewRenderer(MergeFieldView, { as: 'span' }),
})

export const ButtonNode = Node.create({
  name: 'button',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({ label: { default: '' }, href: { default: '' } }),
  parseHTML: () => [{ tag: 'div[data-button]' }],
  renderHTML: () => ['div', { 'data-button': '' }],
  addNodeView: () => ReactNodeViewRenderer(ButtonView),
})

export const ImageNode = Node.create({
  name: 'image',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({ src: { default: '' }, alt: { default: '' } }),
  parseHTML: () => [
    {
      tag: 'img[src^="http"]',
      getAttrs: (img) => ({ src: img.getAttribute('src'), alt: img.getAttribute('alt') ?? '' }),
    },
  ],
  renderHTML: ({ node }) => ['img', { src: text(node.attrs.src), alt: text(node.attrs.alt) }],
  addNodeView: () => ReactNodeViewRenderer(ImageView),
})

function MergeFieldView({ node, updateAttributes, editor, selected }: NodeViewProps) {
  const { t } = useTranslation('content')
  const { labelOf } = useMergeFields()
  const fallback = text(node.attrs.fallback)
  const label = labelOf(text(node.attrs.field))
  return (
    <NodeViewWrapper as="span" className={classes.chipWrap}>
      <Editing
        disabled={!editor.isEditable}
        fields={[
          { key: 'fallback', label: t('rich.fallback'), placeholder: t('rich.fallbackHint') },
        ]}
        values={{ fallback: fallback }}
        onSave={({ fallback: next = '' }) =>
          updateAttributes({ fallback: next.replace(/[{}|\r\n]/g, '') })
        }
        target={(open) => (
          <button
            type="button"
            className={classes.chip}
            data-selected={selected || undefined}
            onClick={open}
            title={t('rich.editFallback')}
          >
            {label}
            {fallback !== '' && <span className={classes.chipFallback}>{fallback}</span>}
          </button>
        )}
      />
    </NodeViewWrapper>
  )
}

function ButtonView({ node, updateAttributes, editor, selected }: NodeViewProps) {
  const { t } = useTranslation('content')
  const [label, href] = [text(node.attrs.label), text(node.attrs.href)]
  return (
    <NodeViewWrapper
      data-drag-handle
      data-selected={selected || undefined}
      className={classes.block}
    >
      <Editing
        disabled={!editor.isEditable}
        openAtFirst={href === '' && label === ''}
        fields={[
          { key: 'label', label: t('rich.buttonLabel'), placeholder: t('rich.buttonHint') },
          { key: 'href', label: t('rich.address'), placeholder: 'https://' },
        ]}
        values={{ label, href }}
        onSave={(next) => updateAttributes({ ...next, href: completeAddress(next.href ?? '') })}
        target={(open) => (
          <button
            type="button"
            className={classes.ctaButton}
            onClick={open}
            data-bad={href === '' || undefined}
          >
            {label || t('rich.button')}
          </button>
        )}
      />
    </NodeViewWrapper>
  )
}

function ImageView({ node, updateAttributes, editor, selected }: NodeViewProps) {
  const { t } = useTranslation('content')
  const [src, alt] = [text(node.attrs.src), text(node.attrs.alt)]
  return (
    <NodeViewWrapper
      data-drag-handle
      data-selected={selected || undefined}
      className={classes.block}
    >
      <Editing
        disabled={!editor.isEditable}
        openAtFirst={src === ''}
        fields={[
          { key: 'src', label: t('rich.imageAddress'), placeholder: 'https://' },
          { key: 'alt', label: t('rich.imageAlt'), placeholder: t('rich.imageAltHint') },
        ]}
        values={{ src, alt }}
        onSave={(next) => updateAttributes({ ...next, src: completeAddress(next.src ?? '') })}
        target={(open) => (
          <button type="button" className={classes.imageButton} onClick={open}>
            {src === '' ? <IconPhoto size={40} stroke={1.2} aria-hidden /> : null}
            {src === '' ? t('rich.image') : <img src={src} alt={alt} className={classes.picture} />}
          </button>
        )}
      />
    </NodeViewWrapper>
  )
}

/** `shop.fr` as people type it is an address too. */
export function completeAddress(typed: string): string {
  const address = typed.trim()
  if (address === '' || /^(?:https?:\/\/|mailto:|tel:|\{\{|\[\[)/i.test(address)) return address
  return /^[^\s@]+@[^\s@]+$/.test(address) ? `mailto:${address}` : `https://${address}`
}

type EditingProps = {
  target: (open: () => void) => ReactNode
  fields: readonly { key: string; label: string; placeholder: string }[]
  values: Record<string, string>
  onSave: (values: Record<string, string>) => void
  disabled: boolean
  openAtFirst?: boolean
}

/** A small form beside the block that it is about. */
export function Editing({ target, fields, values, onSave, disabled, openAtFirst }: EditingProps) {
  const { t } = useTranslation('content')
  const [opened, setOpened] = useState(openAtFirst ?? false)
  const [draft, setDraft] = useState(values)
  const open = () => {
    if (disabled) return
    setDraft(values)
    setOpened(true)
  }
  const save = () => {
    onSave(draft)
    setOpened(false)
  }
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus returnFocus width={280} withinPortal>
      <Popover.Target>{target(open)}</Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          {fields.map(({ key, label, placeholder }, at) => (
            <TextInput
              key={key}
              {...(at === 0 ? { 'data-autofocus': true } : {})}
              size="xs"
              label={label}
              placeholder={placeholder}
              value={draft[key] ?? ''}
              onChange={(event) => setDraft({ ...draft, [key]: event.currentTarget.value })}
              onKeyDown={(event) => {
                // The editor around must neither see the keys nor send a form.
                event.stopPropagation()
                if (event.key === 'Enter') save()
                if (event.key === 'Escape') setOpened(false)
              }}
            />
          ))}
          <Group justify="flex-end">
            <Button size="compact-sm" onClick={save}>
              {t('rich.done')}
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
