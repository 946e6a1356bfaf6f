import { Badge, Skeleton, Text } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Entry, explainEntry } from '#core/routing/api.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { Sentence } from '../segments/sentence.tsx'
import { useLocale } from '../segments/use-live-count.ts'
import classes from './routing.module.css'

/** Why this person is in the step, or why not. */
export function WhyPanel({ stepId, partyId }: { stepId: number; partyId: number }) {
  const { t } = useTranslation('routing')
  const locale = useLocale()
  const problemText = useProblemText()
  const { data, error } = useQuery({
    queryKey: ['routing', 'why', stepId, partyId, locale],
    queryFn: ({ signal }) => call(explainEntry, { id: stepId, partyId, locale }, signal),
  })
  if (error) return <Text c="red">{problemText(error)}</Text>
  if (!data) return <Skeleton height={160} />
  const { reason, isIn, origin, conditions } = data
  return (
    <section className={classes.stack} aria-label={t('why.title')}>
      <div>
        <Badge color={isIn ? 'ok' : 'gray'} variant="light" mb={6}>
          {t(isIn ? 'why.in' : 'why.out')}
        </Badge>
        <Text fw={560}>
          {t(`why.reasons.${reason}`, {
            origin: origin?.label ?? '',
            status: origin?.status ?? '',
          })}
        </Text>
      </div>
      <Facts entry={data} />
      {conditions.length > 0 && <Conditions entry={data} />}
      {/* Without an origin nobody enters by the conditions: their sentence would say who never comes. */}
      {origin && <Sentence>{data.sentence}</Sentence>}
    </section>
  )
}

function Facts({ entry }: { entry: Entry }) {
  const { t } = useTranslation('routing')
  const { instant } = useFormat()
  const { origin, organisation, status, enteredAt, availableAt } = entry
  const isDelayed = availableAt !== null && enteredAt !== null && availableAt > enteredAt
  return (
    <dl className={classes.facts}>
      {origin && (
        <>
          <dt>{t('why.origin')}</dt>
          <dd>
            {origin.label} · {origin.status ?? t('why.originNone')}
          </dd>
        </>
      )}
      {organisation && (
        <>
          <dt>{t('why.organisation')}</dt>
          <dd>{organisation.label}</dd>
        </>
      )}
      {enteredAt !== null && (
        <>
          <dt>{t('why.enteredAt')}</dt>
          <dd>{instant(enteredAt)}</dd>
        </>
      )}
      {isDelayed && (
        <>
          <dt>{t('why.availableAt')}</dt>
          <dd>{instant(availableAt)}</dd>
        </>
      )}
      {status && (
        <>
          <dt>{t('why.status')}</dt>
          <dd>{status.label}</dd>
        </>
      )}
    </dl>
  )
}

function Conditions({ entry }: { entry: Entry }) {
  const { t } = useTranslation('routing')
  const { conditions, formula, formulaHolds } = entry
  return (
    <div>
      <Text size="sm" c="dimmed">
        {t('why.conditions')}
      </Text>
      <ul className={classes.verdicts}>
        {conditions.map(({ code, holds, text, value }) => (
          <li key={code}>
            {holds ? (
              <IconCheck size={15} className={classes.met} aria-label={t('why.met')} />
            ) : (
              <IconX size={15} className={classes.unmet} aria-label={t('why.unmet')} />
            )}
            <span>
              <strong>{code}</strong> {text}
              <em>{value === '' ? t('why.empty') : t('why.value', { value })}</em>
            </span>
          </li>
        ))}
      </ul>
      {formula !== '' && (
        <Text size="sm" mt="xs">
          {t(formulaHolds ? 'why.formulaHolds' : 'why.formulaFails', { formula })}
        </Text>
      )}
    </div>
  )
}
