import { Checkbox, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PersonOnCall } from '#core/phoning/call.ts'
import { DateTimeField } from '../../ui/date-time-field.tsx'
import classes from './phoning.module.css'

/** An appointment that is being noted; not whole before it has its day and hour. */
export type AppointmentDraft = { startsAt: string | null; place: string }

type Props = {
  person: Pick<PersonOnCall, 'appointment' | 'usualPlace'>
  value: AppointmentDraft | null
  onChange: (value: AppointmentDraft | null) => void
  problem: string | undefined
}

/** The appointment agreed upon on the phone, or the one there is moved (D-21). */
export function AppointmentFields({ person, value, onChange, problem }: Props) {
  const { t } = useTranslation('phoning')
  const { appointment, usualPlace } = person
  const begin = () => onChange(appointment ?? { startsAt: null, place: usualPlace })
  return (
    <div className={classes.stack}>
      <Checkbox
        label={t(appointment ? 'appointment.move' : 'appointment.take')}
        checked={value !== null}
        onChange={({ currentTarget }) => (currentTarget.checked ? begin() : onChange(null))}
      />
      {value && (
        <div className={classes.pair}>
          <DateTimeField
            label={t('appointment.at')}
            required
            value={value.startsAt}
            onChange={(startsAt) => onChange({ ...value, startsAt })}
            error={problem}
          />
          <TextInput
            label={t('appointment.place')}
            value={value.place}
            maxLength={500}
            onChange={({ currentTarget }) => onChange({ ...value, place: currentTarget.value })}
          />
        </div>
      )}
    </div>
  )
}
