import { ResultsPane } from '../results/results-pane.tsx'
import type { TabProps } from './general-tab.tsx'

export const ResultsTab = ({ campaign }: TabProps) => <ResultsPane campaignId={campaign.id} />
