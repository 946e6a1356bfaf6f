import { Badge, Group } from '@mantine/core'
import type { Tag } from '#core/parties/catalogue.ts'
import classes from './parties.module.css'

export function TagBadge({ tag }: { tag: Tag }) {
  return (
    <Badge
      variant="default"
      size="sm"
      tt="none"
      fw={540}
      leftSection={<span className={classes.dot} data-colour={tag.colour} />}
    >
      {tag.label}
    </Badge>
  )
}

type Props = { ids: readonly number[]; tags: readonly Tag[]; most?: number }

/** The tags of somebody, the first few by name and the rest as a number. */
export function TagBadges({ ids, tags, most = 3 }: Props) {
  const own = tags.filter(({ id }) => ids.includes(id))
  return (
    <Group gap={4} wrap="nowrap">
      {own.slice(0, most).map((tag) => (
        <TagBadge key={tag.id} tag={tag} />
      ))}
      {own.length > most && <span>+{own.length - most}</span>}
    </Group>
  )
}
