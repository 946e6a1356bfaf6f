import { MultiSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { emptySelection, type Selection } from '#core/segments/selection.ts'
import * as api from '#core/targets/api.ts'
import type { SelectionSource } from '#core/targets/source.ts'
import { call } from '../../../platform/call.ts'
import { useFormat } from '../../../platform/format.ts'
import { SelectionEditor } from '../../segments/selection-editor.tsx'
import type { AddProps } from './add-dialog.tsx'
import { ProposalFoot } from './proposal.tsx'

/** By anything known of parties; or their contacts, by what these do (D-90 to D-92). */
export function BySelection({ step, onAdded, who }: AddProps & { who: SelectionSource['who'] }) {
  const [selection, setSelection] = useState<Selection | undefined>(emptySelection)
  const [functions, setFunctions] = useState<string[]>([])
  const isNobody = selection?.start === 'nobody' && selection.operations.length === 0
  const source =
    selection && !isNobody ? { kind: 'selection' as const, selection, who, functions } : undefined
  return (
    <>
      {who === 'contacts' && <Functions value={functions} onChange={setFunctions} />}
      <SelectionEditor value={selection ?? emptySelection} onChange={setSelection} />
      <ProposalFoot stepId={step.id} source={source} onAdded={onAdded} />
    </>
  )
}

function Functions({ value, onChange }: { value: string[]; onChange: (value: string[]) => void }) {
  const { t } = useTranslation('targets')
  const { integer } = useFormat()
  const { data = [] } = useQuery({
    queryKey: ['contact-functions'],
    queryFn: ({ signal }) => call(api.listContactFunctions, {}, signal),
  })
  return (
    <MultiSelect
      mb="md"
      label={t('add.functions')}
      description={t('add.functionsText')}
      placeholder={value.length === 0 ? t('add.allFunctions') : ''}
      data={data.map(({ label, people }) => ({
        value: label,
        label: `${label} (${integer(people)})`,
      }))}
      value={value}
      onChange={onChange}
      searchable
      clearable
    />
  )
}
