import { ActionIcon } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperationView, StepOfOperation } from '#core/operations/operation.ts'
import { type Direction, nextOf, type OutlineLine, type Place } from '#core/operations/outline.ts'
import { ChannelIcon } from '../channel-icon.tsx'
import { useTables } from '../operation-data.ts'
import classes from '../operations.module.css'
import { StatusBar } from './status-bar.tsx'
import { StepBadges, useStepFacts } from './step-facts.tsx'
import { StepMenu } from './step-menu.tsx'

type Drag = {
  dragged: number | null
  may: boolean
  start: () => void
  end: () => void
  drop: (place: Place) => void
}

type Props = {
  operation: OperationView
  line: OutlineLine<StepOfOperation>
  shown: boolean
  folded: boolean
  onToggle: () => void
  onOpen: (stepId: number | undefined) => void
  onMove: (direction: Direction) => void
  drag: Drag
}

/** One line of the outline: a title or a step with its people. */
export function OutlineRow(props: Props) {
  const { operation, line, shown, folded, onToggle, onOpen, onMove, drag } = props
  const { t } = useTranslation('operations')
  const { step } = line
  const hasLines = line.children.length > 0
  const { over, ...dragging } = useDrag(operation, step, drag)
  const Chevron = folded ? IconChevronRight : IconChevronDown
  return (
    <div
      className={classes.row}
      data-shown={shown || undefined}
      data-title={!step.isFinal || undefined}
      data-over={over}
      data-dragged={drag.dragged === step.id || undefined}
      {...dragging}
    >
      {!step.isFinal && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={24}
          disabled={!hasLines}
          aria-expanded={!folded}
          aria-label={t('heading.toggle', { label: step.label })}
          onClick={onToggle}
        >
          <Chevron size={16} />
        </ActionIcon>
      )}
      <button
        type="button"
        className={classes.line}
        data-line={step.id}
        aria-current={shown || undefined}
        onClick={() => onOpen(shown ? undefined : step.id)}
      >
        {step.isFinal ? <StepLine operation={operation} step={step} /> : <TitleLine step={step} />}
      </button>
      <StepMenu operation={operation} step={step} onMove={onMove} onOpen={onOpen} />
    </div>
  )
}

const TitleLine = ({ step }: { step: StepOfOperation }) => (
  <span className={classes.titleLabel}>
    {step.code !== '' && <span className={classes.code}>{step.code}</span>}
    {step.label}
  </span>
)

function StepLine({ operation, step }: { operation: OperationView; step: StepOfOperation }) {
  const { typeOf } = useTables()
  const facts = useStepFacts({ operation, step })
  return (
    <>
      <ChannelIcon channel={typeOf(step.typeCode)?.channel ?? 'other'} />
      <span className={classes.lineText}>
        <span className={classes.lineHead}>
          {step.code !== '' && <span className={classes.code}>{step.code}</span>}
          <span className={classes.stepLabel}>{step.label}</span>
          <StepBadges step={step} />
        </span>
        <span className={classes.facts}>{facts}</span>
      </span>
      <StatusBar statuses={step.statuses} />
    </>
  )
}

type Over = 'before' | 'into' | 'after' | undefined

/** Dragging a line before or after another, or into a title; the menu and the keys do the same. */
function useDrag(operation: OperationView, step: StepOfOperation, drag: Drag) {
  const [over, setOver] = useState<Over>()
  const placeAt = (event: DragEvent<HTMLElement>): Over => {
    const { top, height } = event.currentTarget.getBoundingClientRect()
    const at = (event.clientY - top) / height
    if (!step.isFinal && at > 0.3) return 'into'
    return at < 0.5 ? 'before' : 'after'
  }
  const places: Record<NonNullable<Over>, () => Place> = {
    before: () => ({ parentId: step.parentId, beforeId: step.id }),
    after: () => ({ parentId: step.parentId, beforeId: nextOf(operation.steps, step) }),
    into: () => ({ parentId: step.id, beforeId: null }),
  }
  return {
    over,
    draggable: drag.may,
    onDragStart: (event: DragEvent<HTMLElement>) => {
      event.stopPropagation()
      drag.start()
    },
    onDragEnd: drag.end,
    onDragOver: (event: DragEvent<HTMLElement>) => {
      if (drag.dragged === null || drag.dragged === step.id) return
      event.preventDefault()
      setOver(placeAt(event))
    },
    onDragLeave: () => setOver(undefined),
    onDrop: (event: DragEvent<HTMLElement>) => {
      event.preventDefault()
      setOver(undefined)
      const place = placeAt(event)
      if (place) drag.drop(places[place]())
    },
  }
}
