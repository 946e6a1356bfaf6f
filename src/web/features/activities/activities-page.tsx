import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useUrlState } from '../../platform/url-state.ts'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ViewMenu } from '../views/view-menu.tsx'
import { ActivityList } from './activity-list.tsx'
import { Filters } from './filters.tsx'
import { filterOf, ListState, shownOf, stateOf } from './list-state.ts'
import { Totals } from './totals.tsx'

/** To-do lists: one's own at first, anybody's by a filter, with totals by any field. */
export function ActivitiesPage() {
  const { t } = useTranslation('activities')
  const [state, setState] = useUrlState(ListState)
  const question = JSON.stringify(filterOf(state))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same question is the same filter
  const filter = useMemo(() => filterOf(state), [question])
  return (
    <Page>
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      <Filters state={state} onChange={setState} />
      <Totals filter={filter} state={state} onChange={setState} />
      <ActivityList
        filter={filter}
        sort={state.sorted}
        direction={state.way}
        start={{}}
        tools={
          <ViewMenu
            list="activities"
            shown={shownOf(state)}
            onApply={(shown) => setState(stateOf(shown))}
          />
        }
        opened={state.activity ?? null}
        onOpen={(opened) => setState({ activity: opened ?? undefined }, { push: true })}
      />
    </Page>
  )
}
