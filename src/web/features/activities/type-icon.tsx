import {
  IconAlertTriangle,
  IconCake,
  IconCalendarEvent,
  IconChecklist,
  IconCoffee,
  IconGift,
  IconHanger,
  IconHeart,
  IconHome,
  IconMail,
  IconMessage,
  IconMoodSad,
  IconNote,
  IconPhone,
  IconReceipt,
  IconSchool,
  IconScissors,
  IconShoppingBag,
  IconStar,
  IconTool,
  IconTruck,
  type TablerIcon,
} from '@tabler/icons-react'
import type { ActivityKind, ActivityType, activityIcons } from '#core/activities/type.ts'

const kindIcons: Record<ActivityKind, TablerIcon> = {
  task: IconChecklist,
  appointment: IconCalendarEvent,
  note: IconNote,
  call: IconPhone,
  'outgoing-mail': IconMail,
}

const images: Record<(typeof activityIcons)[number], TablerIcon> = {
  gift: IconGift,
  star: IconStar,
  heart: IconHeart,
  truck: IconTruck,
  tool: IconTool,
  scissors: IconScissors,
  hanger: IconHanger,
  bag: IconShoppingBag,
  receipt: IconReceipt,
  coffee: IconCoffee,
  cake: IconCake,
  school: IconSchool,
  message: IconMessage,
  sad: IconMoodSad,
  alert: IconAlertTriangle,
  home: IconHome,
}

type Props = {
  type: Pick<ActivityType, 'kind' | 'icon' | 'color'> | undefined
  size?: number
}

/** The image of a type in its colour, or that of its kind. */
export function TypeIcon({ type, size = 17 }: Props) {
  const { kind = 'task', icon = '', color = '' } = type ?? {}
  const Icon = icon === '' ? kindIcons[kind] : images[icon]
  return <Icon size={size} stroke={1.7} aria-hidden style={color === '' ? {} : inkOf(color)} />
}

/** Dark enough on light pages and light enough on dark ones. */
export const inkOf = (color: string) => ({
  color: `light-dark(var(--mantine-color-${color}-8), var(--mantine-color-${color}-4))`,
})
