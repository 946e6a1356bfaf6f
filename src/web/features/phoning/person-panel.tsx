import { Anchor, Badge, Button, Group, Text } from '@mantine/core'
import { IconExternalLink, IconPhone } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { printPhone } from '#core/parties/phone.ts'
import type { PersonOnCall } from '#core/phoning/call.ts'
import { useFormat } from '../../platform/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { useMay } from '../access/session.ts'
import { HistoryPanel } from './history-panel.tsx'
import { ObstacleNote } from './obstacle-text.tsx'
import classes from './phoning.module.css'

type Props = { stepId: number; person: PersonOnCall; onNumber: (number: string) => void }

/** Who is on the line, the numbers, and what is known from before. */
export function PersonPanel({ stepId, person, onNumber }: Props) {
  const { t } = useTranslation('phoning')
  const { instant } = useFormat()
  const mayView = useMay('customers.view')
  const { organisation, callbackAt, appointment } = person
  // The one that is open is counted too, and is no earlier one.
  const earlier = person.calls - (person.call === null ? 0 : 1)
  return (
    <div className={classes.column}>
      <Panel title={t('person.title')}>
        <div className={classes.stack}>
          <div>
            <div className={classes.name}>{person.name}</div>
            {organisation && (
              <Text size="sm">
                {organisation.name}
                {organisation.function !== '' && ` · ${organisation.function}`}
              </Text>
            )}
            <Text size="sm" c="dimmed">
              {[person.code, person.city].filter((part) => part !== '').join(' · ')}
            </Text>
          </div>
          <Group gap={6}>
            {earlier > 0 && (
              <Badge variant="light" color="gray" tt="none">
                {t('person.calls', { count: earlier })}
              </Badge>
            )}
            {callbackAt && (
              <Badge variant="light" color="yellow" tt="none">
                {t('person.callback', { when: instant(callbackAt) })}
              </Badge>
            )}
          </Group>
          {appointment && (
            <Text size="sm" fw={600}>
              {t('person.appointment', { when: instant(appointment.startsAt) })}
              {appointment.place !== '' && ` · ${appointment.place}`}
            </Text>
          )}
          {person.obstacle && <ObstacleNote obstacle={person.obstacle} />}
          <Numbers person={person} onNumber={onNumber} />
          {mayView && (
            <Button
              variant="default"
              size="xs"
              leftSection={<IconExternalLink size={15} />}
              renderRoot={(props) => (
                <Link to={`/customers/${person.partyId}`} target="_blank" {...props} />
              )}
            >
              {t('person.card')}
            </Button>
          )}
        </div>
      </Panel>
      <HistoryPanel stepId={stepId} partyId={person.partyId} />
    </div>
  )
}

/** The number that is clicked is the one that is written down with the call. */
function Numbers({ person, onNumber }: Omit<Props, 'stepId'>) {
  const { t } = useTranslation('phoning')
  if (person.numbers.length === 0) return null
  return (
    <ul className={classes.numbers} aria-label={t('person.numbers')}>
      {person.numbers.map(({ number, of, isListed }) => (
        <li key={number}>
          {isListed || person.obstacle ? (
            <Text component="span" className={classes.number ?? ''} c="dimmed" td="line-through">
              {printPhone(number)}
            </Text>
          ) : (
            <Anchor
              href={`tel:${number}`}
              className={classes.number ?? ''}
              onClick={() => onNumber(number)}
            >
              <IconPhone size={16} aria-hidden /> {printPhone(number)}
            </Anchor>
          )}
          <Text size="xs" c="dimmed">
            {t(`person.of.${of}`)}
            {isListed && ` · ${t('person.listed')}`}
          </Text>
        </li>
      ))}
    </ul>
  )
}
