import { Checkbox, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFieldWords } from '../field-words.ts'
import classes from '../operations.module.css'

type Props = {
  differences: readonly { field: string; before: unknown; after: unknown }[]
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
}

/** Field by field, what is there and what the template would make of it; one box for each. */
export function DifferenceList({ differences, chosen, onChange }: Props) {
  const { t } = useTranslation('operations')
  const { labelOf, textOf } = useFieldWords()
  if (differences.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('load.same')}
      </Text>
    )
  }
  const isAll = differences.every(({ field }) => chosen.has(field))
  return (
    <div className={classes.differences}>
      <Checkbox
        label={t('load.all')}
        checked={isAll}
        indeterminate={!isAll && chosen.size > 0}
        onChange={() => onChange(new Set(isAll ? [] : differences.map(({ field }) => field)))}
      />
      {differences.map(({ field, before, after }) => (
        <Checkbox
          key={field}
          checked={chosen.has(field)}
          onChange={({ currentTarget }) => {
            const next = new Set(chosen)
            if (currentTarget.checked) next.add(field)
            else next.delete(field)
            onChange(next)
          }}
          label={
            <>
              <span className={classes.differenceField}>{labelOf(field)}</span>
              <span className={classes.difference}>
                <del>{textOf(field, before)}</del> → <ins>{textOf(field, after)}</ins>
              </span>
            </>
          }
        />
      ))}
    </div>
  )
}
