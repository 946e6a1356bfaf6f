import { useComputedColorScheme } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import {
  Background,
  Controls,
  type Edge,
  type Node,
  ReactFlow,
  type ReactFlowInstance,
} from '@xyflow/react'
import '@xyflow/react/dist/style.css'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { layOut } from '#core/operations/graph.ts'
import type { OperationView } from '#core/operations/operation.ts'
import { flatten, outlineOf } from '#core/operations/outline.ts'
import type { OutlineProps } from '../steps/outline.tsx'
import { useAddStep } from '../steps/use-add-step.ts'
import classes from './graph.module.css'
import { GraphContext } from './graph-context.ts'
import { StepNode, type StepNodeType } from './step-node.tsx'
import { WayEdge, type WayEdgeType } from './way-edge.tsx'

const size = { width: 236, height: 92, across: 44, down: 84 }
const nodeTypes = { step: StepNode }
const edgeTypes = { way: WayEdge }

/** The same steps drawn by where their people come from; titles only order the outline. */
export function StepGraph({ operation, shown, onOpen }: OutlineProps) {
  const { t } = useTranslation('operations')
  const scheme = useComputedColorScheme()
  const { add } = useAddStep(operation, onOpen)
  const { ref: frame, width } = useElementSize()
  const [flow, setFlow] = useState<Flow | null>(null)
  // When the graph opens, and when a step is opened or closed beside it.
  useEffect(() => {
    if (flow && width > 0) show(flow, width, shown)
  }, [flow, width, shown])
  const { nodes, edges } = useMemo(() => drawingOf(operation), [operation])
  const context = useMemo(
    () => ({ operation, shown, open: onOpen, add }),
    [operation, shown, onOpen, add],
  )
  return (
    <section ref={frame} className={classes.graph} aria-label={t('view.graphLabel')}>
      <GraphContext value={context}>
        <ReactFlow<Node, Edge>
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          colorMode={scheme}
          onInit={setFlow}
          fitViewOptions={{ padding: 0.12, maxZoom: 1 }}
          minZoom={0.25}
          maxZoom={1.5}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          zoomOnScroll={false}
          preventScrolling={false}
          deleteKeyCode={null}
          ariaLabelConfig={{
            'controls.ariaLabel': t('graph.controls'),
            'controls.zoomIn.ariaLabel': t('graph.zoomIn'),
            'controls.zoomOut.ariaLabel': t('graph.zoomOut'),
            'controls.fitView.ariaLabel': t('graph.fit'),
          }}
        >
          <Background gap={22} size={1.4} />
          <Controls showInteractive={false} />
        </ReactFlow>
      </GraphContext>
    </section>
  )
}

type Flow = ReactFlowInstance<Node, Edge>

/**
 * The first step at the top, or the chosen one in the middle, in full size: buttons stay large enough to touch,
 * also on a phone. `room` is the width of the frame.
 */
function show(flow: Flow, room: number, shown: number | undefined): void {
  const nodes = flow.getNodes()
  const { x, width } = flow.getNodesBounds(nodes)
  const chosen = nodes.find(({ id }) => id === String(shown))
  const at = (chosen ?? nodes[0])?.position ?? { x: 0, y: 0 }
  const middle = width < room ? x + width / 2 : at.x + size.width / 2
  void flow.setViewport({ x: room / 2 - middle, y: 28 - Math.max(0, at.y - size.down), zoom: 1 })
}

/** Nodes and edges; the numbers are pixels. */
function drawingOf(operation: OperationView): { nodes: StepNodeType[]; edges: WayEdgeType[] } {
  const ordered = flatten(outlineOf(operation.steps))
    .map(({ step }) => step)
    .filter(({ isFinal }) => isFinal)
  const places = new Map(layOut(ordered).map((place) => [place.id, place]))
  return {
    nodes: ordered.map((step) => {
      const { column, row } = places.get(step.id) ?? { column: 0, row: 0 }
      return {
        id: String(step.id),
        type: 'step',
        width: size.width,
        height: size.height,
        position: { x: column * (size.width + size.across), y: row * (size.height + size.down) },
        data: { step },
      }
    }),
    edges: ordered.flatMap((step) =>
      step.originId === null || !places.has(step.originId)
        ? []
        : [
            {
              id: `${step.originId}-${step.id}`,
              type: 'way',
              source: String(step.originId),
              target: String(step.id),
              data: { step },
            },
          ],
    ),
  }
}
