import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import * as api from '#core/operations/api.ts'
import {
  keyOf,
  type OperationNode,
  pathTo,
  type Tree,
  type TreeKey,
  type TreeNode,
} from '#core/operations/tree.ts'
import { call } from '../../../platform/call.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { FieldError } from '../../../ui/field-error.tsx'
import { copyOperation } from './copy-operation.ts'
import { useRefreshTree } from './tree-data.ts'

type NameAsk =
  | { what: 'folder' | 'operation'; inside: number | null }
  | { what: 'rename'; node: TreeNode }
  | { what: 'duplicate'; node: OperationNode }

type Props = {
  asked: NameAsk
  tree: Tree
  onClose: () => void
  onDone: (key: TreeKey) => void
}

type Name = { code: string; label: string }

/** A title needs no more than a code and a label (D-36), an operation no more to begin with. */
export function NameForm({ asked, tree, onClose, onDone }: Props) {
  const { t } = useTranslation('operations')
  const problemText = useProblemText()
  const navigate = useNavigate()
  const [name, setName] = useState(() => startOf(asked, (label) => t('tree.copyOf', { label })))
  const refresh = useRefreshTree()
  const save = useMutation({
    mutationFn: (_: { opens: boolean }) => write(asked, name),
    onSuccess: async (key, { opens }) => {
      await refresh()
      onClose()
      onDone(key)
      if (opens) await navigate({ to: `/operations/${key.slice(1)}` })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.label.trim() !== '') save.mutate({ opens: false })
  }
  const isNew = asked.what !== 'rename'
  const makesOperation = asked.what === 'operation' || asked.what === 'duplicate'
  return (
    <form onSubmit={submit}>
      <Stack>
        {isNew && <Where tree={tree} folderId={parentOf(asked)} />}
        <TextInput
          data-autofocus
          label={t('tree.dialog.label')}
          value={name.label}
          onChange={(event) => setName({ ...name, label: event.currentTarget.value })}
          maxLength={200}
          required
        />
        <TextInput
          label={t('tree.dialog.code')}
          description={t('tree.dialog.codeHelp')}
          value={name.code}
          onChange={(event) => setName({ ...name, code: event.currentTarget.value })}
          maxLength={40}
        />
        {save.isError && <FieldError>{problemText(save.error)}</FieldError>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('tree.dialog.cancel')}
          </Button>
          {makesOperation && (
            <Button
              variant="default"
              disabled={name.label.trim() === ''}
              onClick={() => save.mutate({ opens: true })}
            >
              {t('tree.dialog.createAndOpen')}
            </Button>
          )}
          <Button type="submit" disabled={name.label.trim() === ''} loading={save.isPending}>
            {t(isNew ? 'tree.dialog.create' : 'tree.dialog.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Where({ tree, folderId }: { tree: Tree; folderId: number | null }) {
  const { t } = useTranslation('operations')
  const path = pathTo(tree, folderId).map(({ label }) => label)
  return (
    <Text size="sm" c="dimmed">
      {path.length === 0
        ? t('tree.dialog.atTop')
        : t('tree.dialog.inside', { path: path.join(' › ') })}
    </Text>
  )
}

const parentOf = (asked: NameAsk) => ('inside' in asked ? asked.inside : asked.node.parentId)

function startOf(asked: NameAsk, copyOf: (label: string) => string): Name {
  if ('inside' in asked) return { code: '', label: '' }
  const { code, label } = asked.node
  return asked.what === 'rename' ? { code, label } : { code: '', label: copyOf(label) }
}

/** The key of the line that was made or renamed. */
async function write(asked: NameAsk, name: Name): Promise<TreeKey> {
  if ('inside' in asked) {
    const { id } = await (asked.what === 'folder'
      ? call(api.createFolder, { ...name, parentId: asked.inside })
      : call(api.createOperation, { ...name, folderId: asked.inside }))
    return keyOf(asked.what, id)
  }
  const { node } = asked
  if (asked.what === 'duplicate') {
    const { id } = await copyOperation(node.id, { ...name, folderId: node.parentId })
    return keyOf('operation', id)
  }
  if (node.kind === 'folder') {
    await call(api.updateFolder, { ...name, id: node.id, version: node.version })
  } else {
    const operation = await call(api.getOperation, { id: node.id })
    await call(api.updateOperation, { ...operation, ...name })
  }
  return node.key
}
