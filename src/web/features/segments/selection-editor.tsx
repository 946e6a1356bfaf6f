import { ActionIcon, Alert, Button, Checkbox, Group, Menu, SegmentedControl } from '@mantine/core'
import { IconAlertTriangle, IconDotsVertical, IconMinus, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Operation, Selection, Source } from '#core/segments/selection.ts'
import { useFormat } from '../../platform/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { useMay } from '../access/session.ts'
import { CountersPanel } from './counters-panel.tsx'
import { EverybodyNote } from './everybody-note.tsx'
import { SaveAsSegment } from './save-as-segment.tsx'
import classes from './segments.module.css'
import { Sentence } from './sentence.tsx'
import { criteriaIn, isWholeSource, type SourceDraft, SourceEditor } from './source-editor.tsx'
import { draftId, useDrafts } from './use-drafts.ts'
import { useSelectionCount } from './use-live-count.ts'

type Props = {
  value: Selection
  /** Undefined while an operation is unfinished: it may neither be saved nor counted as if it were not there. */
  onChange: (selection: Selection | undefined) => void
  /** To look at only: who may not change it, or once it is frozen. */
  readOnly?: boolean
}

const sources = ['criteria', 'segment', 'tag', 'list', 'people', 'mailing'] as const

/** Start with nobody or everybody, then add and remove, with live counters (P-25 to P-31). */
export function SelectionEditor({ value, onChange, readOnly = false }: Props) {
  const { t } = useTranslation('segments')
  const { drafts, setDrafts, selection, set } = useDrafts(value, onChange)
  const count = useSelectionCount(selection)
  return (
    <div className={classes.columns}>
      <Panel className={classes.column ?? ''}>
        <fieldset className={classes.bare} disabled={readOnly} aria-label={t('selection.editor')}>
          <Group gap="sm">
            <span className={classes.figureTitle}>{t('selection.start')}</span>
            <SegmentedControl
              color="brand"
              disabled={readOnly}
              aria-label={t('selection.start')}
              data={(['nobody', 'everybody'] as const).map((start) => ({
                value: start,
                label: t(`selection.${start}`),
              }))}
              value={value.start}
              onChange={(start) => set({ start: start === 'everybody' ? start : 'nobody' })}
            />
          </Group>
          {value.start === 'everybody' && (
            <EverybodyNote
              sources={drafts.map(({ source }) => source)}
              readOnly={readOnly}
              onRemove={(source) =>
                setDrafts([{ id: draftId(), kind: 'remove', source }, ...drafts])
              }
            />
          )}
          {drafts.length === 0 && (
            <p className={classes.hint}>
              {t(value.start === 'nobody' ? 'selection.emptyNobody' : 'selection.emptyEverybody')}
            </p>
          )}
          <ol className={classes.operations} aria-label={t('selection.operations')}>
            {drafts.map((draft, at) => (
              <OperationItem
                key={draft.id}
                draft={draft}
                place={at + 1}
                changed={selection ? count.data?.operations[at]?.changed : undefined}
                last={at === drafts.length - 1}
                onChange={(next) => setDrafts(drafts.with(at, next))}
                onRemove={() => setDrafts(drafts.filter(({ id }) => id !== draft.id))}
                onMove={(by) => setDrafts(moved(drafts, at, by))}
              />
            ))}
          </ol>
          {!readOnly && (
            <Group gap="xs" mt="sm">
              <AddMenu
                kind="add"
                onAdd={(source) => setDrafts([...drafts, newDraft('add', source)])}
              />
              <AddMenu
                kind="remove"
                onAdd={(source) => setDrafts([...drafts, newDraft('remove', source)])}
              />
            </Group>
          )}
          <Checkbox
            mt="lg"
            label={t('selection.exclude')}
            checked={value.excludeDoNotContact}
            onChange={({ currentTarget }) => set({ excludeDoNotContact: currentTarget.checked })}
          />
          {!value.excludeDoNotContact && (
            <Alert mt="xs" color="yellow" icon={<IconAlertTriangle aria-hidden />}>
              {t('selection.excludeOff')}
            </Alert>
          )}
        </fieldset>
        <Sentence>{selection ? count.data?.sentence : undefined}</Sentence>
      </Panel>
      <div className={`${classes.column} ${classes.side}`}>
        <CountersPanel
          title={t('count.selected')}
          counters={count.data}
          error={count.error}
          busy={count.isFetching}
          pending={selection === undefined}
        />
      </div>
    </div>
  )
}

export type OperationDraft = { id: string; kind: Operation['kind']; source: SourceDraft }

const newDraft = (kind: Operation['kind'], source: Source['kind']): OperationDraft => ({
  id: draftId(),
  kind,
  source: { kind: source },
})

function moved(drafts: OperationDraft[], at: number, by: -1 | 1): OperationDraft[] {
  const next = [...drafts]
  const [draft] = next.splice(at, 1)
  if (draft) next.splice(Math.max(0, at + by), 0, draft)
  return next
}

function AddMenu(props: { kind: Operation['kind']; onAdd: (source: Source['kind']) => void }) {
  const { t } = useTranslation('segments')
  const Icon = props.kind === 'add' ? IconPlus : IconMinus
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          size="sm"
          variant={props.kind === 'add' ? 'light' : 'default'}
          leftSection={<Icon size={15} aria-hidden />}
        >
          {t(`selection.${props.kind}`)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {sources.map((source) => (
          <Menu.Item key={source} onClick={() => props.onAdd(source)}>
            {t(`selection.source.${source}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

type ItemProps = {
  draft: OperationDraft
  place: number
  /** How many people it adds or takes away; undefined while unknown. */
  changed: number | undefined
  last: boolean
  onChange: (draft: OperationDraft) => void
  onRemove: () => void
  onMove: (by: -1 | 1) => void
}

function OperationItem({
  draft,
  place,
  changed,
  last: isLast,
  onChange,
  onRemove,
  onMove,
}: ItemProps) {
  const { t } = useTranslation('segments')
  const { integer } = useFormat()
  const { kind, source } = draft
  const text = kind === 'add' ? 'selection.added' : 'selection.removed'
  const [saving, setSaving] = useState(false)
  // A segment belongs to the customer file: the right to mailings alone does not change it.
  const maySave = useMay('customers.write')
  const criteria = criteriaIn(source)
  return (
    <li className={classes.operation} data-kind={kind}>
      <div className={classes.operationHead}>
        <strong>{t(`selection.kind.${kind}`)}</strong>
        <span>{t(`selection.source.${source.kind}`)}</span>
        <span className={classes.operationCount} role="status">
          {changed !== undefined && isWholeSource(source)
            ? t(text, { count: changed, n: integer(changed) })
            : ''}
        </span>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('selection.menu', { n: place })}
            >
              <IconDotsVertical size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item disabled={place === 1} onClick={() => onMove(-1)}>
              {t('selection.up')}
            </Menu.Item>
            <Menu.Item disabled={isLast} onClick={() => onMove(1)}>
              {t('selection.down')}
            </Menu.Item>
            <Menu.Item
              onClick={() => onChange({ ...draft, kind: kind === 'add' ? 'remove' : 'add' })}
            >
              {t(kind === 'add' ? 'selection.swap' : 'selection.swapBack')}
            </Menu.Item>
            {criteria && (
              <Menu.Item disabled={!maySave} onClick={() => setSaving(true)}>
                {t('selection.saveAs')}
                {!maySave && <span className={classes.why}>{t('selection.saveMayNot')}</span>}
              </Menu.Item>
            )}
            <Menu.Item color="red" onClick={onRemove}>
              {t('selection.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      {criteria && (
        <SaveAsSegment
          criteria={criteria}
          opened={saving}
          onClose={() => setSaving(false)}
          onSaved={(segmentId) => onChange({ ...draft, source: { kind: 'segment', segmentId } })}
        />
      )}
      <SourceEditor source={source} onChange={(next) => onChange({ ...draft, source: next })} />
    </li>
  )
}
