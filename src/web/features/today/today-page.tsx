import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { countParties } from '#core/parties/list-api.ts'
import { call } from '../../platform/call.ts'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useActor, useMay } from '../access/session.ts'
import { MyActivities } from '../activities/my-activities.tsx'
import { MyCallbacks } from '../phoning/my-callbacks.tsx'
import { Birthdays } from './birthdays.tsx'
import { Imports } from './imports.tsx'
import { Jobs } from './jobs.tsx'
import { Operations } from './operations.tsx'
import { People } from './people.tsx'
import { Sends } from './sends.tsx'
import { StartSteps } from './start-steps.tsx'
import classes from './today.module.css'

/** What goes on at the left, what one has to do at the right; in a new installation, how to begin. */
export function TodayPage() {
  const { t } = useTranslation('today')
  const actor = useActor()
  const mayCustomers = useMay('customers.view')
  const mayMailings = useMay('mailings.view')
  const mayActivities = useMay('activities.view')
  const mayImport = useMay('imports.run')
  const mayCall = useMay('calls.make')
  const people = useQuery({
    queryKey: ['parties', 'count', 'everybody'],
    queryFn: ({ signal }) => call(countParties, {}, signal),
    enabled: mayCustomers,
  }).data
  const hasCustomers = people !== undefined && people.total > 0
  return (
    <Page>
      <PageHeader title={t('title')} subtitle={actor && t('hello', { name: actor.name })} />
      {hasCustomers && <People counts={people} />}
      {mayCustomers && mayMailings && people && <StartSteps hasCustomers={hasCustomers} />}
      <div className={classes.columns}>
        <div className={classes.column}>
          {mayMailings && <Operations />}
          {mayMailings && <Sends />}
          <Jobs />
          {mayImport && <Imports />}
        </div>
        <div className={classes.column}>
          {mayCall && <MyCallbacks />}
          {mayActivities && <MyActivities />}
          {hasCustomers && <Birthdays />}
        </div>
      </div>
    </Page>
  )
}
