import { ActionIcon, Button, Select, TextInput, Tooltip } from '@mantine/core'
import { IconArrowMerge, IconPlus, IconTag } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Tag } from '#core/parties/catalogue.ts'
import { tagColours } from '#core/parties/catalogue.ts'
import {
  countCatalogue,
  createTag,
  deleteTag,
  mergeTags,
  updateTag,
} from '#core/parties/catalogue-api.ts'
import { call } from '../../../platform/call.ts'
import { useFormat } from '../../../platform/format.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Page } from '../../../ui/page.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { SimpleTable } from '../../../ui/simple-table.tsx'
import { catalogueQuery, useCatalogue } from '../catalogue.ts'
import { TagBadge } from '../tag-badge.tsx'
import { ConfirmDelete, EntryEditor, RowActions, useListMutation } from './entry-editor.tsx'

export function useCounts() {
  return useQuery({
    queryKey: [...catalogueQuery.queryKey, 'counts'],
    queryFn: ({ signal }) => call(countCatalogue, {}, signal),
  }).data
}

type Draft = { id: number | null; label: string; colour: Tag['colour'] }

/** Tags with the number of their customers: rename, merge, delete. */
export function TagsPage() {
  const { t } = useTranslation('parties')
  const { integer } = useFormat()
  const { tags, loaded } = useCatalogue()
  const counts = useCounts()
  const [draft, setDraft] = useState<Draft | null>(null)
  const [merging, setMerging] = useState<{ from: Tag; into: string | null } | null>(null)
  const [doomed, setDoomed] = useState<Tag | null>(null)
  const remove = useListMutation((id: number) => call(deleteTag, { id }))
  const countOf = (id: number) => counts?.tags[String(id)] ?? 0
  const add = () => setDraft({ id: null, label: '', colour: 'blue' })
  const addButton = (
    <Button leftSection={<IconPlus size={17} />} onClick={add}>
      {t('settings.newTag')}
    </Button>
  )
  return (
    <Page narrow>
      <PageHeader
        title={t('settings.tags')}
        subtitle={t('settings.tagsText')}
        actions={addButton}
      />
      {loaded && tags.length === 0 ? (
        <EmptyState
          icon={<IconTag size={22} />}
          title={t('settings.noTags')}
          description={t('settings.noTagsText')}
        />
      ) : (
        <Panel flush>
          <SimpleTable
            label={t('settings.tags')}
            rows={tags}
            keyOf={({ id }) => id}
            rowHeader
            columns={[
              { key: 'tag', header: t('settings.tag'), cell: (tag) => <TagBadge tag={tag} /> },
              {
                key: 'count',
                header: t('title'),
                cell: (tag) => integer(countOf(tag.id)),
                numeric: true,
              },
              {
                key: 'actions',
                header: t('settings.actions'),
                numeric: true,
                cell: (tag) => (
                  <RowActions
                    name={tag.label}
                    onEdit={() => setDraft(tag)}
                    onDelete={() => setDoomed(tag)}
                    more={
                      <Tooltip label={t('settings.mergeTag')}>
                        <ActionIcon
                          variant="subtle"
                          color="gray"
                          aria-label={t('settings.mergeNamed', { name: tag.label })}
                          disabled={tags.length < 2}
                          onClick={() => setMerging({ from: tag, into: null })}
                        >
                          <IconArrowMerge size={17} />
                        </ActionIcon>
                      </Tooltip>
                    }
                  />
                ),
              },
            ]}
          />
        </Panel>
      )}
      <TagEditor draft={draft} onClose={() => setDraft(null)} />
      <EntryEditor
        draft={merging}
        title={t('settings.mergeTag')}
        onClose={() => setMerging(null)}
        onSave={async ({ from, into }) => {
          if (into) await call(mergeTags, { id: from.id, into: Number(into) })
        }}
        fields={({ from, into }, change) => (
          <Select
            label={t('settings.mergeInto', { name: from.label })}
            data={tags
              .filter(({ id }) => id !== from.id)
              .map(({ id, label }) => ({ value: String(id), label }))}
            value={into}
            onChange={(value) => change({ into: value })}
            required
          />
        )}
      />
      <ConfirmDelete
        opened={doomed !== null}
        title={t('settings.deleteTag', { name: doomed?.label ?? '' })}
        text={t('settings.deleteTagText', {
          count: doomed ? countOf(doomed.id) : 0,
          n: integer(doomed ? countOf(doomed.id) : 0),
        })}
        onClose={() => setDoomed(null)}
        onConfirm={() => doomed && remove.mutate(doomed.id)}
      />
    </Page>
  )
}

function TagEditor({ draft, onClose }: { draft: Draft | null; onClose: () => void }) {
  const { t } = useTranslation('parties')
  return (
    <EntryEditor
      draft={draft}
      title={t(draft?.id === null ? 'settings.newTag' : 'settings.editTag')}
      onClose={onClose}
      onSave={({ id, label, colour }) =>
        id === null ? call(createTag, { label, colour }) : call(updateTag, { id, label, colour })
      }
      fields={({ label, colour }, change) => (
        <>
          <TextInput
            data-autofocus
            required
            maxLength={60}
            label={t('settings.tag')}
            value={label}
            onChange={(event) => change({ label: event.currentTarget.value })}
          />
          <Select
            label={t('settings.colour')}
            data={tagColours.map((value) => ({ value, label: t(`colours.${value}`) }))}
            value={colour}
            allowDeselect={false}
            onChange={(value) =>
              change({ colour: tagColours.find((known) => known === value) ?? 'blue' })
            }
          />
        </>
      )}
    />
  )
}
