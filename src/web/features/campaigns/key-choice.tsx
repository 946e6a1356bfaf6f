import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getOperationTables } from '#core/operations/tables-api.ts'
import { call } from '../../platform/call.ts'

type Props = { value: number | null; onChange: (keyId: number | null) => void; readOnly: boolean }

/** Only keys that one holds can be chosen; where there is none to choose, there is nothing to say. */
export function KeyChoice({ value, onChange, readOnly }: Props) {
  const { t } = useTranslation('campaigns')
  const { data } = useQuery({
    queryKey: ['operation-tables'],
    queryFn: () => call(getOperationTables, {}),
  })
  if (!data || data.keys.length === 0) return null
  return (
    <Select
      label={t('fields.key')}
      description={t('fields.keyHelp')}
      placeholder={t('fields.keyNone')}
      data={data.keys.map(({ id, label }) => ({ value: String(id), label }))}
      value={value === null ? null : String(value)}
      onChange={(id) => onChange(id === null ? null : Number(id))}
      clearable={!readOnly}
      readOnly={readOnly}
    />
  )
}
