import { TagsInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { fold } from '#core/kernel/fold.ts'
import { tagParty } from '#core/parties/api.ts'
import { createTag } from '#core/parties/catalogue-api.ts'
import type { Party } from '#core/parties/party.ts'
import { call } from '../../../platform/call.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { Panel } from '../../../ui/panel.tsx'
import { useMay } from '../../access/session.ts'
import { catalogueQuery, useCatalogue } from '../catalogue.ts'
import { useRefreshParty } from './use-card.ts'

/** The tags of the card, saved as they are added and taken away. */
export function TagsPanel({ party }: { party: Party }) {
  const { t } = useTranslation('parties')
  const { tags } = useCatalogue()
  const client = useQueryClient()
  const refresh = useRefreshParty(party.id)
  const problemText = useProblemText()
  const may = useMay('customers.write')
  const labels = tags.filter(({ id }) => party.tags.includes(id)).map(({ label }) => label)
  const change = useMutation({
    mutationFn: async (wanted: string[]) => {
      const ids: number[] = []
      for (const label of wanted) {
        const known = tags.find((tag) => fold(tag.label) === fold(label))
        ids.push((known ?? (await call(createTag, { label }))).id)
      }
      await client.invalidateQueries({ queryKey: catalogueQuery.queryKey })
      return call(tagParty, {
        id: party.id,
        add: ids.filter((id) => !party.tags.includes(id)),
        remove: party.tags.filter((id) => !ids.includes(id)),
      })
    },
    onSuccess: (saved) => refresh(saved),
  })
  return (
    <Panel title={t('columns.tags')}>
      <TagsInput
        aria-label={t('columns.tags')}
        placeholder={labels.length === 0 ? t('card.addTag') : ''}
        data={tags.map(({ label }) => label)}
        value={change.isPending ? (change.variables ?? labels) : labels}
        onChange={(wanted) => change.mutate(wanted)}
        disabled={!may}
        error={change.error ? problemText(change.error) : undefined}
      />
    </Panel>
  )
}
