import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { IconFilter, IconSearch, IconX } from '@tabler/icons-react'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DayField } from '../../ui/date-field.tsx'
import classes from './activities.module.css'
import { useActivityTables } from './activity-data.ts'
import { ListState, totalChoices } from './list-state.ts'
import { SortSelect } from './sort-select.tsx'

type Props = { state: ListState; onChange: (patch: Partial<ListState>) => void }

/** What narrows the list; all of it is in the address. On a phone all but the search waits behind a button. */
export function Filters({ state, onChange }: Props) {
  const { t } = useTranslation('activities')
  const [opened, setOpened] = useState(false)
  const id = useId()
  return (
    <search className={classes.filters} aria-label={t('filters')}>
      <SearchField value={state.search} onChange={(search) => onChange({ search })} />
      <Button
        className={classes.unfold ?? ''}
        variant="default"
        leftSection={<IconFilter size={16} />}
        aria-expanded={opened}
        aria-controls={id}
        onClick={() => setOpened(!opened)}
      >
        {t('filter.title')}
      </Button>
      <div id={id} className={classes.choices} data-opened={opened || undefined}>
        <What state={state} onChange={onChange} />
        <Days state={state} onChange={onChange} />
        <Order state={state} onChange={onChange} />
        <Only state={state} onChange={onChange} />
      </div>
    </search>
  )
}

function What({ state, onChange }: Props) {
  const { t } = useTranslation('activities')
  const { people, types, families } = useActivityTables()
  const id = (value: string | null) => (value === null ? undefined : Number(value))
  return (
    <>
      <Select
        label={t('fields.owner')}
        data={[
          { value: 'me', label: t('owners.me') },
          { value: 'all', label: t('owners.all') },
          { value: 'nobody', label: t('nobody') },
          ...people.map((person) => ({ value: person.id, label: person.name })),
        ]}
        value={state.owner}
        allowDeselect={false}
        searchable
        onChange={(owner) => onChange({ owner: owner ?? 'me' })}
      />
      <Select
        label={t('fields.state')}
        data={ListState.shape.state
          .unwrap()
          .unwrap()
          .options.map((value) => ({
            value,
            label: t(`states.${value}`),
          }))}
        value={state.state}
        allowDeselect={false}
        onChange={(value) => onChange({ state: ListState.shape.state.parse(value) })}
      />
      <Select
        label={t('fields.type')}
        placeholder={t('all')}
        data={types.map((type) => ({ value: String(type.id), label: type.label }))}
        value={state.type === undefined ? null : String(state.type)}
        clearable
        clearButtonProps={{ 'aria-label': t('clear') }}
        onChange={(value) => onChange({ type: id(value) })}
      />
      {families.length > 0 && (
        <Select
          label={t('fields.family')}
          placeholder={t('all')}
          data={families.map((family) => ({ value: String(family.id), label: family.label }))}
          value={state.family === undefined ? null : String(state.family)}
          clearable
          clearButtonProps={{ 'aria-label': t('clear') }}
          onChange={(value) => onChange({ family: id(value) })}
        />
      )}
    </>
  )
}

function Days({ state, onChange }: Props) {
  const { t } = useTranslation('activities')
  return (['from', 'to'] as const).map((field) => (
    <DayField
      key={field}
      label={t(`filter.${field}`)}
      value={state[field] ?? null}
      onChange={(day) => onChange({ [field]: day ?? undefined })}
    />
  ))
}

function Order({ state, onChange }: Props) {
  const { t } = useTranslation('activities')
  return (
    <>
      <SortSelect
        label={t('filter.sort')}
        sorted={state.sorted}
        way={state.way}
        onChange={onChange}
      />
      <Select
        label={t('filter.by')}
        placeholder={t('filter.none')}
        data={totalChoices.map((value) => ({ value, label: t(`fields.${value}`) }))}
        value={state.by ?? null}
        clearable
        clearButtonProps={{ 'aria-label': t('clear') }}
        onChange={(by) => onChange({ by: by ?? undefined })}
      />
    </>
  )
}

/** What came from a link (a customer, a step) is said, and can be let go. */
function Only({ state, onChange }: Props) {
  const { t } = useTranslation('activities')
  const narrowed = state.party ?? state.campaign ?? state.step
  return (
    <>
      <Checkbox
        className={classes.fit ?? ''}
        label={t('overdueOnly')}
        checked={state.overdue}
        onChange={(event) => onChange({ overdue: event.currentTarget.checked })}
      />
      {narrowed !== undefined && (
        <Button
          className={classes.fit ?? ''}
          variant="light"
          size="compact-sm"
          rightSection={<IconX size={14} />}
          onClick={() => onChange({ party: undefined, campaign: undefined, step: undefined })}
        >
          {t('filter.narrowed')}
        </Button>
      )}
    </>
  )
}

function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('activities')
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => onChange(typed), 250)
    return () => clearTimeout(timer)
  }, [typed, value, onChange])
  return (
    <TextInput
      className={classes.grow ?? ''}
      type="search"
      label={t('filter.search')}
      leftSection={<IconSearch size={16} />}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  )
}
