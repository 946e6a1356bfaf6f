import { ResultsPane } from '../results/results-pane.tsx'
import type { OperationTabProps } from './operation-tabs.ts'

export const ResultsTab = ({ operation }: OperationTabProps) => (
  <ResultsPane campaignId={operation.id} />
)
