import { Checkbox, Select } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { endOf, minutesBetween } from '#core/activities/working-time.ts'
import { instantOf as instantAtClock, wallClockAt } from '#core/kernel/zone.ts'
import { useZone } from '../../platform/zone.ts'
import { DateTimeField } from '../../ui/date-time-field.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import classes from './activities.module.css'
import { useActivityTables } from './activity-data.ts'
import { type FieldProps, isMandatory, shows } from './field-props.ts'

/** What a person prefers, kept in this browser: what stays when the start moves, and which hours count (D-S3). */
function usePreferences() {
  const [stays, setStays] = useLocalStorage<'duration' | 'end'>({
    key: 'malleposte-activity-stays',
    defaultValue: 'duration',
  })
  const [working, setWorking] = useLocalStorage({
    key: 'malleposte-activity-hours',
    defaultValue: false,
  })
  return { stays, setStays, working, setWorking }
}

/** Instants as the clock of the company shows them, and back. */
function useWallClock() {
  const zone = useZone()
  return {
    wallClockOf: (instant: string) => wallClockAt(new Date(instant), zone),
    instantOf: (typed: string) => instantAtClock(typed, zone).toISOString(),
  }
}

/** Start, end and duration: the last two come from each other. */
export function DateFields(props: FieldProps) {
  const { draft, set, type, disabled } = props
  const { t } = useTranslation('activities')
  const { workingHours } = useActivityTables()
  const preferences = usePreferences()
  const hours = preferences.working ? (workingHours ?? null) : null
  const { wallClockOf, instantOf } = useWallClock()
  const start = wallClockOf(draft.startsAt)
  const minutes =
    draft.endsAt === null ? null : minutesBetween(start, wallClockOf(draft.endsAt), hours)
  const moveStart = (startsAt: string | null) => {
    // An activity always has a day: what is emptied stays as it was.
    if (startsAt === null) return
    if (minutes === null) return set({ startsAt })
    const keepsEnd = preferences.stays === 'end' && (draft.endsAt ?? '') >= startsAt
    set({
      startsAt,
      endsAt: keepsEnd ? draft.endsAt : instantOf(endOf(wallClockOf(startsAt), minutes, hours)),
    })
  }
  const hasEnd = shows(type, 'end', draft.endsAt !== null)
  return (
    <>
      <div className={classes.pair}>
        <DateTimeField
          required
          label={t(hasEnd ? 'fields.startsAt' : 'fields.on')}
          value={draft.startsAt}
          disabled={disabled}
          onChange={moveStart}
        />
        {hasEnd && <EndFields {...props} {...{ start, minutes, hours }} />}
      </div>
      {hasEnd && isMandatory(type, 'end') && draft.endsAt === null && (
        <span>{t('fields.endNeeded')}</span>
      )}
      {minutes !== null && <Preferences {...preferences} disabled={disabled} />}
    </>
  )
}

type EndProps = FieldProps & {
  start: string
  minutes: number | null
  hours: Parameters<typeof endOf>[2]
}

function EndFields({ draft, set, type, disabled, start, minutes, hours }: EndProps) {
  const { t } = useTranslation('activities')
  const { instantOf } = useWallClock()
  return (
    <>
      <NumberField
        label={t('fields.duration')}
        min={0}
        max={100_000}
        step={15}
        allowDecimal={false}
        suffix={t('fields.minutes')}
        value={minutes ?? ''}
        disabled={disabled}
        onChange={(value) =>
          set({
            endsAt:
              value === ''
                ? null
                : instantOf(endOf(start, Math.max(0, Math.round(Number(value))), hours)),
          })
        }
      />
      <DateTimeField
        label={t('fields.endsAt')}
        required={isMandatory(type, 'end')}
        value={draft.endsAt}
        disabled={disabled}
        onChange={(endsAt) => set({ endsAt })}
      />
    </>
  )
}

function Preferences({
  stays,
  setStays,
  working,
  setWorking,
  disabled,
}: ReturnType<typeof usePreferences> & { disabled: boolean }) {
  const { t } = useTranslation('activities')
  const { workingHours } = useActivityTables()
  return (
    <div className={classes.pair}>
      <Select
        size="xs"
        label={t('prefers.stays')}
        data={(['duration', 'end'] as const).map((value) => ({
          value,
          label: t(`prefers.${value}`),
        }))}
        value={stays}
        allowDeselect={false}
        disabled={disabled}
        onChange={(value) => setStays(value === 'end' ? 'end' : 'duration')}
      />
      <Checkbox
        size="xs"
        mt={26}
        label={t('prefers.hours', { from: workingHours?.from, to: workingHours?.to })}
        checked={working}
        disabled={disabled}
        onChange={(event) => setWorking(event.currentTarget.checked)}
      />
    </div>
  )
}
