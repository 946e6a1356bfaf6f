/** The operator and value of one test, by the type of the value. */
import { MultiSelect, TagsInput, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ChoiceTest, NumberTest, TextTest } from '#core/segments/tests.ts'
import classes from './criteria.module.css'
import { Figure, Pick } from './inputs.tsx'

const textOps = [
  'contains',
  'is',
  'starts-with',
  'ends-with',
  'not-contains',
  'is-not',
  'one-of',
  'none-of',
  'empty',
  'filled',
] as const

export function TextTestEditor(props: { test: TextTest; onChange: (test: TextTest) => void }) {
  const { t } = useTranslation('segments')
  const { test, onChange: set } = props
  return (
    <>
      <Pick
        label={t('builder.operator')}
        options={textOps.map((value) => ({ value, label: t(`ops.text.${value}`) }))}
        value={test.op}
        onChange={(op) => set(textTestOf(op, test))}
      />
      {'value' in test && (
        <TextInput
          size="xs"
          className={classes.wide ?? ''}
          aria-label={t('builder.value')}
          value={test.value}
          onChange={({ currentTarget }) => set({ ...test, value: currentTarget.value })}
        />
      )}
      {'values' in test && (
        <TagsInput
          size="xs"
          className={classes.wide ?? ''}
          classNames={{ inputField: classes.search ?? '' }}
          aria-label={t('builder.value')}
          placeholder={test.values.length === 0 ? t('builder.severalTexts') : ''}
          splitChars={[',', ';']}
          acceptValueOnBlur
          value={test.values}
          onChange={(values) => set({ ...test, values })}
        />
      )}
    </>
  )
}

function textTestOf(op: TextTest['op'], before: TextTest): TextTest {
  const value = 'value' in before ? before.value : ''
  if (op === 'empty' || op === 'filled') return { op }
  if (op !== 'one-of' && op !== 'none-of') return { op, value }
  return { op, values: 'values' in before ? before.values : value === '' ? [] : [value] }
}

const choiceOps = ['one-of', 'none-of', 'empty', 'filled'] as const
const choicesOps = ['one-of', 'all-of', 'none-of', 'empty', 'filled'] as const

export function ChoiceTestEditor(props: {
  test: ChoiceTest
  /** Several values can be held at once. */
  isMany: boolean
  options: { value: string; label: string }[]
  onChange: (test: ChoiceTest) => void
}) {
  const { t } = useTranslation('segments')
  const { test, isMany, options, onChange } = props
  const values = 'values' in test ? test.values : []
  return (
    <>
      <Pick
        label={t('builder.operator')}
        options={(isMany ? choicesOps : choiceOps).map((value) => ({
          value,
          label: t(`ops.choice.${value}`),
        }))}
        value={test.op}
        onChange={(op) => onChange(op === 'empty' || op === 'filled' ? { op } : { op, values })}
      />
      {'values' in test && (
        <MultiSelect
          size="xs"
          className={classes.wide ?? ''}
          classNames={{ inputField: classes.search ?? '' }}
          aria-label={t('builder.value')}
          placeholder={values.length === 0 ? t('builder.choose') : ''}
          data={options}
          value={values}
          onChange={(next) => onChange({ ...test, values: next })}
          searchable
          nothingFoundMessage={t('builder.nothingFound')}
          maxDropdownHeight={280}
        />
      )}
    </>
  )
}

export const sumOps = [
  'at-least',
  'more-than',
  'at-most',
  'less-than',
  'equals',
  'between',
] as const
export const numberOps = [...sumOps, 'empty', 'filled'] as const

export type FigureProps = { scale?: number; suffix?: string | undefined }

export function NumberTestEditor<Test extends NumberTest>(
  props: {
    test: Test
    onChange: (test: NumberTest) => void
    ops: readonly NumberTest['op'][]
  } & FigureProps,
) {
  const { t } = useTranslation('segments')
  const { test, onChange, ops, ...figure } = props
  return (
    <>
      <Pick
        label={t('builder.operator')}
        options={ops.map((value) => ({ value, label: t(`ops.number.${value}`) }))}
        value={test.op}
        onChange={(op) => onChange(numberTestOf(op, test))}
      />
      {'value' in test && (
        <Figure
          label={t('builder.value')}
          value={test.value}
          onChange={(value) => onChange({ ...test, value })}
          {...figure}
        />
      )}
      {'from' in test && (
        <>
          <Figure
            label={t('builder.from')}
            value={test.from}
            onChange={(from) => onChange({ ...test, from })}
            {...figure}
          />
          <span className={classes.word}>{t('builder.and')}</span>
          <Figure
            label={t('builder.until')}
            value={test.to}
            onChange={(to) => onChange({ ...test, to })}
            {...figure}
          />
        </>
      )}
    </>
  )
}

function numberTestOf(op: NumberTest['op'], before: NumberTest): NumberTest {
  if (op === 'empty' || op === 'filled') return { op }
  const value = 'value' in before ? before.value : 'from' in before ? before.from : 0
  return op === 'between' ? { op, from: value, to: value } : { op, value }
}
