/** Rules about the activities in somebody's history. */
import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import {
  type ActivityFieldTest,
  type ActivityTest,
  activityStates,
  fieldTypesOf,
} from '#core/segments/activity-test.ts'
import type { Dictionary } from '#core/segments/api.ts'
import { DateTestEditor, Names, PeriodEditor, Pick } from './inputs.tsx'
import type { EditorProps } from './rule-editors.tsx'
import { ChoiceTestEditor, NumberTestEditor, numberOps, TextTestEditor } from './test-editors.tsx'

const none = ''

export function ActivityEditor({ criterion, onChange, dictionary }: EditorProps<'activity'>) {
  const { t } = useTranslation('segments')
  const { is, activityTypeIds, state, period } = criterion
  return (
    <>
      <Pick
        label={t('builder.operator')}
        options={(['is', 'is-not'] as const).map((value) => ({
          value,
          label: t(`ops.activity.${value}`),
        }))}
        value={is ? 'is' : 'is-not'}
        onChange={(value) => onChange({ ...criterion, is: value === 'is' })}
      />
      <Names
        label={t('builder.activityTypes')}
        options={dictionary.activityTypes}
        ids={activityTypeIds}
        onChange={(ids) => onChange({ ...criterion, activityTypeIds: ids, field: null })}
      />
      <Pick
        label={t('builder.activityState')}
        options={activityStates.map((value) => ({ value, label: t(`activityStates.${value}`) }))}
        value={state}
        onChange={(next) => onChange({ ...criterion, state: next })}
      />
      <PeriodEditor period={period} onChange={(next) => onChange({ ...criterion, period: next })} />
      <FieldPicker criterion={criterion} onChange={onChange} dictionary={dictionary} />
      <Text size="xs" c="dimmed" w="100%">
        {t('builder.activityNote')}
      </Text>
    </>
  )
}

/** One field of the one type that is named; nothing where there is none to choose. */
function FieldPicker({ criterion, onChange, dictionary }: EditorProps<'activity'>) {
  const { t } = useTranslation('segments')
  const { activityTypeIds, field } = criterion
  const [typeId] = activityTypeIds
  const type = dictionary.activityTypes.find(({ id }) => id === typeId)
  if (!type || activityTypeIds.length > 1 || (type.customFields.length === 0 && !field)) return null
  const known = type.customFields.find(({ key }) => key === field?.key)
  const set = (next: ActivityTest['field']) => onChange({ ...criterion, field: next })
  const options = type.customFields.map(({ key, label }) => ({
    value: key,
    label: t('builder.whoseField', { label }),
  }))
  const isGone = field !== null && !known
  return (
    <>
      <Pick
        label={t('builder.activityField')}
        options={[
          { value: none, label: t('builder.anyField') },
          ...options,
          ...(isGone ? [{ value: field.key, label: t('builder.gone', { id: field.key }) }] : []),
        ]}
        value={field?.key ?? none}
        onChange={(key) => set(blankField(type.customFields.find((each) => each.key === key)))}
      />
      {field && <FieldTestEditor field={field} known={known} onChange={set} />}
    </>
  )
}

type CustomField = Dictionary['customFields'][number]

function blankField(field: CustomField | undefined): ActivityTest['field'] {
  const kinds = Object.keys(fieldTypesOf) as ActivityFieldTest['of'][]
  const of = kinds.find((kind) =>
    (fieldTypesOf[kind] as readonly string[]).includes(field?.type ?? ''),
  )
  if (!field || !of) return null
  const tests = {
    text: { test: { op: 'contains', value: '' } },
    number: { test: { op: 'at-least', value: 1 } },
    money: { test: { op: 'at-least', value: 1_000 } },
    date: { test: { op: 'in-last', n: 30, unit: 'days' } },
    choice: { test: { op: 'one-of', values: [] } },
    flag: { is: true },
  } as const satisfies Record<ActivityFieldTest['of'], object>
  return { of, key: field.key, ...tests[of] } as unknown as ActivityFieldTest
}

type FieldTestProps = {
  field: ActivityFieldTest
  /** Undefined when it is gone. */
  known: CustomField | undefined
  onChange: (field: ActivityFieldTest) => void
}

function FieldTestEditor({ field, known, onChange }: FieldTestProps) {
  const { t } = useTranslation('segments')
  switch (field.of) {
    case 'text':
      return <TextTestEditor test={field.test} onChange={(test) => onChange({ ...field, test })} />
    case 'number':
    case 'money':
      return (
        <NumberTestEditor
          ops={numberOps}
          test={field.test}
          onChange={(test) => onChange({ ...field, test })}
          {...(field.of === 'money' ? { scale: 100, suffix: '€' } : {})}
        />
      )
    case 'date':
      return (
        <DateTestEditor
          texts="ops.date"
          test={field.test}
          onChange={(test) => onChange({ ...field, test })}
        />
      )
    case 'choice':
      return (
        <ChoiceTestEditor
          test={field.test}
          isMany={known?.type === 'choices'}
          options={known?.options ?? []}
          onChange={(test) => onChange({ ...field, test })}
        />
      )
    case 'flag':
      return (
        <Pick
          label={t('builder.value')}
          options={(['yes', 'no'] as const).map((value) => ({
            value,
            label: t(`builder.${value}`),
          }))}
          value={field.is ? 'yes' : 'no'}
          onChange={(value) => onChange({ ...field, is: value === 'yes' })}
        />
      )
    default:
      return field satisfies never
  }
}
