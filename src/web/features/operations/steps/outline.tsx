import { Text } from '@mantine/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { moveStep } from '#core/operations/api.ts'
import type { OperationView, StepOfOperation } from '#core/operations/operation.ts'
import {
  type Direction,
  isWithin,
  type OutlineLine,
  outlineOf,
  type Place,
  placeAfterMove,
} from '#core/operations/outline.ts'
import { call } from '../../../platform/call.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { FieldError } from '../../../ui/field-error.tsx'
import { useMay } from '../../access/session.ts'
import { useOperationAction } from '../operation-data.ts'
import classes from '../operations.module.css'
import { OutlineRow } from './outline-row.tsx'

export type OutlineProps = {
  operation: OperationView
  /** The step whose drawer is open. */
  shown: number | undefined
  onOpen: (stepId: number | undefined) => void
}

const moves: Record<string, Direction> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowRight: 'in',
  ArrowLeft: 'out',
}

const isOther = ({ ctrlKey, metaKey, shiftKey }: KeyboardEvent) => ctrlKey || metaKey || shiftKey
const isSideways = (direction: Direction) => direction === 'in' || direction === 'out'

/** The steps as a list below titles: arrows walk through it, Alt with an arrow moves the line. */
export function Outline({ operation, shown, onOpen }: OutlineProps) {
  const { t } = useTranslation('operations')
  const problemText = useProblemText()
  const may = useMay('mailings.write')
  const list = useRef<HTMLUListElement>(null)
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set())
  const [dragged, setDragged] = useState<number | null>(null)
  const { steps } = operation
  const move = useOperationAction(({ id, ...place }: Place & { id: number }) =>
    call(moveStep, { id, ...place }),
  )
  const moveBy = (id: number, direction: Direction) => {
    const place = placeAfterMove(steps, id, direction)
    if (place) move.mutate({ id, ...place })
  }
  const drop = (place: Place) => {
    if (dragged === null || dragged === place.beforeId) return
    if (!isWithin(steps, place.parentId, dragged)) move.mutate({ id: dragged, ...place })
    setDragged(null)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    const { target } = event
    const direction = moves[event.key]
    if (!(target instanceof HTMLElement) || !direction || !target.dataset.line) return
    const isMove = event.altKey
    if (isOther(event) || (!isMove && isSideways(direction))) return
    event.preventDefault()
    if (!isMove) focusNext(target, direction)
    else if (may) moveBy(Number(target.dataset.line), direction)
  }
  const focusNext = (from: HTMLElement, direction: Direction) => {
    const all = [...(list.current?.querySelectorAll<HTMLElement>('[data-line]') ?? [])]
    all[all.indexOf(from) + (direction === 'down' ? 1 : -1)]?.focus()
  }
  const toggle = (id: number) => {
    const next = new Set(folded)
    if (!next.delete(id)) next.add(id)
    setFolded(next)
  }
  const lines = (of: readonly OutlineLine<StepOfOperation>[]) =>
    of.map((line) => (
      <li key={line.step.id}>
        <OutlineRow
          operation={operation}
          line={line}
          shown={line.step.id === shown}
          folded={folded.has(line.step.id)}
          onToggle={() => toggle(line.step.id)}
          onOpen={onOpen}
          onMove={(direction) => moveBy(line.step.id, direction)}
          drag={{
            dragged,
            may,
            start: () => setDragged(line.step.id),
            end: () => setDragged(null),
            drop,
          }}
        />
        {line.children.length > 0 && !folded.has(line.step.id) && (
          <ul className={classes.below}>{lines(line.children)}</ul>
        )}
      </li>
    ))
  return (
    <section className={classes.outline} aria-label={t('view.outlineLabel')}>
      <ul ref={list} className={classes.lines} onKeyDown={onKeyDown}>
        {lines(outlineOf(steps))}
      </ul>
      {move.error && <FieldError>{problemText(move.error)}</FieldError>}
      {may && (
        <Text size="xs" c="dimmed" className={classes.hint ?? ''}>
          {t('view.keys')}
        </Text>
      )}
    </section>
  )
}
