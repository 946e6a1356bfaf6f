import { Button, Group, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { callbackChoices } from '#core/phoning/callback.ts'
import { clockAt, instantAt } from '#core/kernel/zone.ts'
import classes from './phoning.module.css'

type Props = {
  value: string | null
  timeZone: string
  onChange: (at: string | null) => void
  problem?: string | undefined
}

/** Day and hour of the callback, by one button or typed, on the clock of the house (D-81). */
export function CallbackInput({ value, timeZone, onChange, problem }: Props) {
  const { t } = useTranslation('phoning')
  const clock = value === null ? null : clockAt(new Date(value), timeZone)
  const type = (text: string) => {
    const [day = '', time = ''] = text.split('T')
    onChange(day && time ? instantAt(day, time.slice(0, 5), timeZone).toISOString() : null)
  }
  return (
    <div className={classes.stack}>
      <Group gap={6} role="group" aria-label={t('callback.quick')}>
        {callbackChoices(new Date(), timeZone).map(({ key, at }) => (
          <Button
            key={key}
            size="compact-sm"
            variant={value === at.toISOString() ? 'filled' : 'default'}
            aria-pressed={value === at.toISOString()}
            onClick={() => onChange(at.toISOString())}
          >
            {t(`callback.choices.${key}`)}
          </Button>
        ))}
      </Group>
      <TextInput
        type="datetime-local"
        label={t('callback.at')}
        value={clock ? `${clock.day}T${clock.time}` : ''}
        error={problem}
        onChange={(event) => type(event.currentTarget.value)}
      />
    </div>
  )
}
