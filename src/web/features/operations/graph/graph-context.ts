import { createContext, useContext } from 'react'
import type { OperationView } from '#core/operations/operation.ts'
import type { Addition } from '../steps/use-add-step.ts'

type Graph = {
  operation: OperationView
  shown: number | undefined
  open: (stepId: number | undefined) => void
  add: (addition: Addition) => void
}

export const GraphContext = createContext<Graph | null>(null)

/** What nodes and edges of the graph do; only inside of it. */
export function useGraph(): Graph {
  const graph = useContext(GraphContext)
  if (!graph) throw new Error('outside of the graph')
  return graph
}
