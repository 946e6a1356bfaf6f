import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { OutsideDates } from '#core/operations/operation.ts'
import { DateTimeField } from '../../ui/date-time-field.tsx'
import type { HeaderProps } from './general-tab.tsx'
import classes from './operations.module.css'

/** From when to when, and what a launch outside of it means (D-27, L-7). */
export function HeaderDates({ draft, set, readOnly }: HeaderProps) {
  const { t } = useTranslation('operations')
  const { startsAt, endsAt } = draft
  return (
    <div className={classes.fields}>
      <DateTimeField
        label={t('fields.startsAt')}
        value={startsAt}
        onChange={(instant) => set({ startsAt: instant })}
        readOnly={readOnly}
      />
      <DateTimeField
        label={t('fields.endsAt')}
        value={endsAt}
        onChange={(instant) => set({ endsAt: instant })}
        error={startsAt !== null && endsAt !== null && endsAt < startsAt ? t('endsTooEarly') : null}
        readOnly={readOnly}
      />
      <Select
        className={classes.full ?? ''}
        label={t('fields.outsideDates')}
        data={OutsideDates.options.map((value) => ({ value, label: t(`outsideDates.${value}`) }))}
        value={draft.outsideDates}
        onChange={(value) => set({ outsideDates: OutsideDates.catch('inform').parse(value) })}
        allowDeselect={false}
        disabled={readOnly}
      />
    </div>
  )
}
