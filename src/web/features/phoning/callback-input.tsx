import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { callbackChoices } from '#core/phoning/callback.ts'
import { useZone } from '../../platform/zone.ts'
import { DateTimeField } from '../../ui/date-time-field.tsx'
import classes from './phoning.module.css'

type Props = {
  value: string | null
  onChange: (at: string | null) => void
}

/** Day and hour of the callback, by one button or typed, on the clock of the house (D-81). */
export function CallbackInput({ value, onChange }: Props) {
  const zone = useZone()
  const { t } = useTranslation('phoning')
  return (
    <div className={classes.stack}>
      <Group gap={6} role="group" aria-label={t('callback.quick')}>
        {callbackChoices(new Date(), zone).map(({ key, at }) => (
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
      <DateTimeField label={t('callback.at')} value={value} onChange={onChange} />
    </div>
  )
}
