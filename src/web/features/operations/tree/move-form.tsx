import { Button, Group, Select, Stack } from '@mantine/core'
import { type FormEvent, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayHang, type Place, pathTo, type Tree, type TreeNode } from '#core/operations/tree.ts'

type Props = {
  node: TreeNode
  tree: Tree
  onPlace: (node: TreeNode, place: Place) => void
  onClose: () => void
}

const top = 'top'
const end = 'end'

/** The title to go to and the place there: what dragging does, without dragging. */
export function MoveForm({ node, tree, onPlace, onClose }: Props) {
  const { t } = useTranslation('operations')
  const [into, setInto] = useState(node.parentId === null ? top : String(node.parentId))
  const [before, setBefore] = useState(end)
  const titles = useMemo(
    () =>
      tree.nodes
        .filter(({ kind, id }) => kind === 'folder' && mayHang(tree, node, id))
        .map(({ id }) => ({
          value: String(id),
          label: pathTo(tree, id)
            .map(({ label }) => label)
            .join(' › '),
        })),
    [tree, node],
  )
  const folderId = into === top ? null : Number(into)
  const brothers = (tree.childrenOf.get(folderId) ?? []).filter(
    ({ kind, key }) => kind === node.kind && key !== node.key,
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onPlace(node, { folderId, beforeId: before === end ? null : Number(before) })
    onClose()
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Select
          data-autofocus
          label={t('tree.dialog.into', { name: node.label })}
          data={[{ value: top, label: t('tree.dialog.top') }, ...titles]}
          value={into}
          onChange={(value) => {
            setInto(value ?? top)
            setBefore(end)
          }}
          allowDeselect={false}
          searchable
          limit={100}
          nothingFoundMessage={t('tree.search.none')}
        />
        <Select
          label={t('tree.dialog.where')}
          data={[
            { value: end, label: t('tree.dialog.end') },
            ...brothers.map(({ id, label }) => ({
              value: String(id),
              label: t('tree.dialog.before', { label }),
            })),
          ]}
          value={before}
          onChange={(value) => setBefore(value ?? end)}
          allowDeselect={false}
          searchable
          limit={100}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('tree.dialog.cancel')}
          </Button>
          <Button type="submit">{t('tree.dialog.moveDo')}</Button>
        </Group>
      </Stack>
    </form>
  )
}
