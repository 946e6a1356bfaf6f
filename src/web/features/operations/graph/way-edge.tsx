import {
  BaseEdge,
  type Edge,
  EdgeLabelRenderer,
  type EdgeProps,
  getSmoothStepPath,
} from '@xyflow/react'
import { useTranslation } from 'react-i18next'
import type { StepOfOperation } from '#core/operations/operation.ts'
import { useDelayText } from '../steps/delay.ts'
import { AddHere } from './add-here.tsx'
import classes from './graph.module.css'
import { useGraph } from './graph-context.ts'

/** `step` is where the edge leads: it holds the conditions and the delay. */
export type WayEdgeType = Edge<{ step: StepOfOperation }, 'way'>

/** From a step to the next: who goes that way, and when. */
export function WayEdge(props: EdgeProps<WayEdgeType>) {
  const { t } = useTranslation('operations')
  const { operation } = useGraph()
  const [path] = getSmoothStepPath({ ...props, borderRadius: 10 })
  const step = props.data?.step
  const origin = operation.steps.find(({ id }) => String(id) === props.source)
  const text = useWayText(step)
  if (!step || !origin) return <BaseEdge id={props.id} path={path} />
  return (
    <>
      <BaseEdge id={props.id} path={path} />
      <EdgeLabelRenderer>
        <div
          className={`nodrag nopan ${classes.way}`}
          style={{
            transform: `translate(-50%, -50%) translate(${props.targetX}px, ${props.targetY - 20}px)`,
          }}
        >
          {text !== '' && <span className={classes.wayText}>{text}</span>}
          <AddHere
            label={t('graph.addBetween', { from: origin.label, to: step.label })}
            originId={origin.id}
            feedsId={step.id}
          />
        </div>
      </EdgeLabelRenderer>
    </>
  )
}

/** The formula as it is written, or how many conditions there are; and the delay. */
function useWayText(step: StepOfOperation | undefined): string {
  const { t } = useTranslation('operations')
  const delayText = useDelayText()
  if (!step) return ''
  const { formula, conditions, delayMinutes } = step
  const condition =
    formula.trim() !== ''
      ? formula
      : conditions > 0
        ? t('step.conditions', { count: conditions })
        : ''
  const delay = delayMinutes > 0 ? `+ ${delayText(delayMinutes)}` : ''
  return [condition, delay].filter((part) => part !== '').join(' · ')
}
