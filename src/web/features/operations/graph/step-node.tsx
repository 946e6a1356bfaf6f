import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import { useTranslation } from 'react-i18next'
import type { StepOfOperation } from '#core/operations/operation.ts'
import { ChannelIcon } from '../channel-icon.tsx'
import { channelLooks } from '../channel-looks.ts'
import { useTables } from '../operation-data.ts'
import { StatusBar } from '../steps/status-bar.tsx'
import { AddHere } from './add-here.tsx'
import classes from './graph.module.css'
import { useGraph } from './graph-context.ts'

export type StepNodeType = Node<{ step: StepOfOperation }, 'step'>

/** A step of the graph: a button that opens it, with its people, and a “+” below. */
export function StepNode({ data: { step } }: NodeProps<StepNodeType>) {
  const { t } = useTranslation('operations')
  const { shown, open } = useGraph()
  const { typeOf } = useTables()
  const type = typeOf(step.typeCode)
  const channel = type?.channel ?? 'other'
  const isShown = shown === step.id
  return (
    <div
      className={classes.node}
      data-color={channelLooks[channel].color}
      data-shown={isShown || undefined}
    >
      <Handle type="target" position={Position.Top} className={classes.handle ?? ''} />
      <button
        type="button"
        className={`nodrag nopan ${classes.button}`}
        aria-current={isShown || undefined}
        onClick={() => open(isShown ? undefined : step.id)}
      >
        <ChannelIcon channel={channel} />
        <span className={classes.text}>
          <span className={classes.label}>{step.label}</span>
          <span className={classes.type}>{type?.label ?? step.typeCode}</span>
          <StatusBar statuses={step.statuses} short />
        </span>
      </button>
      <Handle type="source" position={Position.Bottom} className={classes.handle ?? ''} />
      <div className={`nodrag nopan ${classes.below}`}>
        <AddHere label={t('graph.addAfter', { label: step.label })} originId={step.id} />
      </div>
    </div>
  )
}
