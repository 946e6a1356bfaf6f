import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Locale } from '#core/kernel/values.ts'
import { getCallHistory } from '#core/phoning/api.ts'
import type { CallHistory } from '#core/phoning/call.ts'
import { answerText } from '#core/questionnaires/answer.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { InstantText } from '../../ui/figures.tsx'
import { Panel } from '../../ui/panel.tsx'
import classes from './phoning.module.css'

/** Purchases, earlier calls and answers, activities and notes: as much as a call needs. */
export function HistoryPanel({ stepId, partyId }: { stepId: number; partyId: number }) {
  const { t, i18n } = useTranslation('phoning')
  const locale = Locale.catch('fr').parse(i18n.language)
  const { data } = useQuery({
    queryKey: ['calls', stepId, 'history', partyId],
    queryFn: ({ signal }) => call(getCallHistory, { id: stepId, partyId }, signal),
    staleTime: 30_000,
  })
  if (!data) return null
  const isEmpty = Object.values(data).every((lines) => lines.length === 0)
  return (
    <Panel title={t('history.title')}>
      {isEmpty && (
        <Text size="sm" c="dimmed">
          {t('history.none')}
        </Text>
      )}
      <ul className={classes.lines}>
        <Purchases purchases={data.purchases} />
        <Calls calls={data.calls} />
        {data.answers.map(({ questionId, value, ...question }) => (
          <li key={`answer${questionId}`}>
            <span className={classes.muted}>{question.label}</span>{' '}
            <b>{answerText(question, value, locale)}</b>
          </li>
        ))}
        {data.activities.map(({ id, at, subject }) => (
          <li key={`activity${id}`}>
            <InstantText instant={at} /> {subject}
          </li>
        ))}
        {data.notes.map(({ id, at, text, authorName }) => (
          <li key={`note${id}`}>
            <InstantText instant={at} /> {t('history.note', { author: authorName })} {text}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Purchases({ purchases }: Pick<CallHistory, 'purchases'>) {
  const { t } = useTranslation('phoning')
  const { money, day, integer } = useFormat()
  return purchases.map(({ count, total, currency, lastOn }) => (
    <li key={currency}>
      {t('history.purchases', {
        count,
        n: integer(count),
        total: money(total, currency),
        day: day(lastOn),
      })}
    </li>
  ))
}

function Calls({ calls }: Pick<CallHistory, 'calls'>) {
  const { t } = useTranslation('phoning')
  return calls.map(({ id, at, agent, step, refused, note }) => (
    <li key={`call${id}`}>
      <InstantText instant={at} /> {t('history.call', { step, agent })}
      {refused && ` · ${t('history.refused')}`}
      {note !== '' && ` · ${note}`}
    </li>
  ))
}
