import { NumberInput, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTables } from '../operation-data.ts'
import type { ListAddress } from './list-address.ts'
import classes from './tree.module.css'

type Props = { address: ListAddress; onChange: (patch: Partial<ListAddress>) => void }

/** State, family, owner, progress (D-31, D-32), template and words. */
export function ListFilters({ address, onChange }: Props) {
  const { t } = useTranslation('operations')
  const { statesOf, families, people } = useTables()
  const pick = (
    key: 'state' | 'family' | 'owner' | 'template',
    options: { value: string; label: string }[],
    read: (value: string | null) => Partial<ListAddress>,
  ) => (
    <Select
      size="sm"
      aria-label={t(`list.${key}`)}
      placeholder={t(`list.${key}`)}
      data={options}
      value={address[key] === undefined ? null : String(address[key])}
      onChange={(value) => onChange(read(value))}
      clearable
      searchable={options.length > 8}
      clearButtonProps={{ 'aria-label': t('list.clearOne', { name: t(`list.${key}`) }) }}
    />
  )
  return (
    <div className={classes.filters}>
      <Words value={address.search} onChange={(search) => onChange({ search })} />
      {pick(
        'state',
        statesOf('operation', address.state).map(({ code, label }) => ({ value: code, label })),
        (value) => ({ state: value ?? undefined }),
      )}
      {families.length > 0 &&
        pick(
          'family',
          families.map(({ id, label }) => ({ value: String(id), label })),
          (value) => ({ family: value === null ? undefined : Number(value) }),
        )}
      {pick(
        'owner',
        people.map(({ id, name }) => ({ value: id, label: name })),
        (value) => ({ owner: value ?? undefined }),
      )}
      <ProgressRange address={address} onChange={onChange} />
      {pick(
        'template',
        [
          { value: 'no', label: t('list.noTemplates') },
          { value: 'yes', label: t('list.onlyTemplates') },
        ],
        (value) => ({ template: value === 'yes' || value === 'no' ? value : undefined }),
      )}
    </div>
  )
}

function ProgressRange({ address, onChange }: Props) {
  const { t } = useTranslation('operations')
  const field = (key: 'from' | 'to') => (
    <NumberInput
      size="sm"
      aria-label={t(`list.progress-${key}`)}
      placeholder={t(`list.progressShort-${key}`)}
      min={0}
      max={100}
      clampBehavior="strict"
      allowDecimal={false}
      suffix={'\u00a0%'}
      hideControls
      value={address[key] ?? ''}
      onChange={(value) => onChange({ [key]: value === '' ? undefined : Number(value) })}
    />
  )
  return (
    <div className={classes.range}>
      {field('from')}
      {field('to')}
    </div>
  )
}

function Words({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation('operations')
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  const later = useDebouncedCallback(onChange, 250)
  return (
    <TextInput
      size="sm"
      className={classes.words ?? ''}
      type="search"
      aria-label={t('list.search')}
      placeholder={t('list.search')}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        later(event.currentTarget.value)
      }}
    />
  )
}
