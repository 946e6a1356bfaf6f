import { ActionIcon, Group } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { orderContents } from '#core/campaigns/api.ts'
import type { ContentView, StepView } from '#core/campaigns/campaign.ts'
import type { ContentBody } from '#core/content/content.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { useCampaignAction } from './campaign-queries.ts'
import classes from './campaigns.module.css'
import { channelIcons } from './channel-icons.ts'

type Props = {
  step: StepView
  shown: number
  editable: boolean
  onShow: (contentId: number) => void
}

/** The messages in their order, which is changed by dragging one or with the arrows of the one shown. */
export function MessageList({ step, shown, editable, onShow }: Props) {
  const { t } = useTranslation('campaigns')
  const problemText = useProblemText()
  const [dragged, setDragged] = useState<number | null>(null)
  const order = useCampaignAction((contentIds: number[]) =>
    call(orderContents, { id: step.id, contentIds }),
  )
  const ids = step.contents.map(({ id }) => id)
  const move = (id: number, to: number) => {
    const rest = ids.filter((one) => one !== id)
    if (to < 0 || to > rest.length || ids[to] === id) return
    order.mutate([...rest.slice(0, to), id, ...rest.slice(to)])
  }
  const movable = editable && ids.length > 1
  const at = ids.indexOf(shown)
  const arrow = (label: string, to: number, icon: React.ReactNode) => (
    <ActionIcon
      variant="default"
      aria-label={t(label, { number: at + 1 })}
      disabled={to < 0 || to >= ids.length || order.isPending}
      onClick={() => move(shown, to)}
    >
      {icon}
    </ActionIcon>
  )
  return (
    <>
      {step.contents.map((content, place) => (
        <MessageButton
          key={content.id}
          content={content}
          number={place + 1}
          selected={content.id === shown}
          onSelect={() => onShow(content.id)}
          drag={{
            draggable: movable,
            onDragStart: () => setDragged(content.id),
            onDragEnd: () => setDragged(null),
            onDragOver: (event) => dragged !== null && event.preventDefault(),
            onDrop: () => dragged !== null && move(dragged, place),
          }}
        />
      ))}
      {movable && (
        <Group gap={4}>
          {arrow('messages.up', at - 1, <IconArrowUp size={16} />)}
          {arrow('messages.down', at + 1, <IconArrowDown size={16} />)}
        </Group>
      )}
      <FieldError>{order.error ? problemText(order.error) : undefined}</FieldError>
    </>
  )
}

type Drag = {
  draggable: boolean
  onDragStart: () => void
  onDragEnd: () => void
  onDragOver: (event: React.DragEvent) => void
  onDrop: () => void
}

type ButtonProps = {
  content: ContentView
  number: number
  selected: boolean
  onSelect: () => void
  drag: Drag
}

function MessageButton({ content, number, selected, onSelect, drag }: ButtonProps) {
  const { t } = useTranslation('campaigns')
  const Icon = channelIcons[content.body.channel]
  return (
    <button
      type="button"
      className={classes.message}
      aria-pressed={selected}
      onClick={onSelect}
      {...drag}
    >
      <Icon size={18} stroke={1.6} aria-hidden />
      <span className={classes.grow}>
        <span className={classes.messageName}>
          {number}. {t(`channels.${content.body.channel}`)}
        </span>
        <span className={classes.messageHint}>{hintOf(content.body) || t('messages.blank')}</span>
      </span>
    </button>
  )
}

function hintOf(body: ContentBody): string {
  if (body.channel === 'email') return body.subject
  return body.channel === 'sms' ? body.text : body.format.toUpperCase()
}
