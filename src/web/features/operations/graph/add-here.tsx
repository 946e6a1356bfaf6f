import { ActionIcon, Menu } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMay } from '../../access/session.ts'
import { TypeItems } from '../steps/type-items.tsx'
import { useGraph } from './graph-context.ts'

type Props = {
  label: string
  originId: number
  /** The step that then comes after the new one. */
  feedsId?: number
}

/** The “+” on an edge or below a node. */
export function AddHere({ label, originId, feedsId }: Props) {
  const { operation, add } = useGraph()
  const may = useMay('mailings.write')
  if (!may) return null
  const parentId = operation.steps.find(({ id }) => id === originId)?.parentId ?? null
  return (
    <Menu position="bottom">
      <Menu.Target>
        <ActionIcon variant="default" radius="xl" size={24} aria-label={label}>
          <IconPlus size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <TypeItems
          onStep={({ code }) =>
            add({ typeCode: code, originId, parentId, feedsId: feedsId ?? null })
          }
        />
      </Menu.Dropdown>
    </Menu>
  )
}
