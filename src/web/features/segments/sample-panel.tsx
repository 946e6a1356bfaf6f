import { Collapse, Skeleton, UnstyledButton } from '@mantine/core'
import { useDebouncedValue, useDisclosure } from '@mantine/hooks'
import { IconCheck, IconChevronDown, IconX } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { explainPeople, type PersonRow } from '#core/segments/api.ts'
import type { Criteria } from '#core/segments/criteria.ts'
import { call } from '../../platform/call.ts'
import { Panel } from '../../ui/panel.tsx'
import classes from './segments.module.css'
import { useLocale } from './use-live-count.ts'

type Explained = Awaited<ReturnType<typeof fetchSample>>[number]

const fetchSample = (criteria: Criteria, locale: 'fr' | 'en', signal: AbortSignal) =>
  call(explainPeople, { criteria, locale }, signal)

/** Five of the people criteria match, each with the reasons. */
export function SamplePanel({ criteria }: { criteria: Criteria | undefined }) {
  const { t } = useTranslation('segments')
  const locale = useLocale()
  const [asked] = useDebouncedValue(criteria, 600)
  const { data, isPending } = useQuery({
    queryKey: ['segments', 'sample', asked, locale],
    queryFn: ({ signal }) => fetchSample(asked as Criteria, locale, signal),
    enabled: asked !== undefined,
    placeholderData: keepPreviousData,
  })
  return (
    <Panel title={t('sample.title')}>
      {isPending && asked !== undefined && <Skeleton h={120} />}
      {data?.length === 0 && <p className={classes.share}>{t('sample.none')}</p>}
      <ul className={classes.sample}>
        {data?.map((explained) => (
          <Person key={explained.person.id} {...explained} />
        ))}
      </ul>
    </Panel>
  )
}

export const nameOf = ({
  firstName,
  lastName,
  company,
}: Pick<PersonRow, 'firstName' | 'lastName' | 'company'>) =>
  [firstName, lastName].filter((part) => part !== '').join(' ') || company

function Person({ person, verdicts }: Explained) {
  const { t } = useTranslation('segments')
  const [opened, { toggle }] = useDisclosure(false)
  const id = useId()
  const name = nameOf(person)
  return (
    <li className={classes.item}>
      <UnstyledButton
        className={classes.person ?? ''}
        onClick={toggle}
        aria-expanded={opened}
        aria-controls={id}
      >
        <span>
          <strong>{name} </strong>
          <span className={classes.where}>{[person.postalCode, person.city].join(' ')}</span>
        </span>
        <span className={classes.why}>
          {t('sample.whyShort')}
          <IconChevronDown size={14} aria-hidden data-opened={opened || undefined} />
        </span>
      </UnstyledButton>
      <Collapse expanded={opened} id={id}>
        <Verdicts verdicts={verdicts} />
      </Collapse>
    </li>
  )
}

function Verdicts({ verdicts }: Pick<Explained, 'verdicts'>) {
  const { t } = useTranslation('segments')
  return (
    <ul className={classes.verdicts}>
      {verdicts.map(({ holds, text, value, depth, join, not }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same tree in the same order
        <li key={at} data-depth={Math.min(depth, 4)} data-holds={holds}>
          {holds ? (
            <IconCheck size={15} className={classes.met} aria-label={t('sample.yes')} />
          ) : (
            <IconX size={15} className={classes.unmet} aria-label={t('sample.no')} />
          )}
          <span>
            {join === null ? text : t(`sample.${groupKey(join, not)}`)}
            {join === null && (
              <em>{value === '' ? t('sample.empty') : t('sample.value', { value })}</em>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

function groupKey(join: 'all' | 'any', not: boolean) {
  if (not) return join === 'all' ? 'notAll' : 'notAny'
  return join
}
