import { ActionIcon, Button, Group, SegmentedControl, Switch, Tooltip } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowDown,
  IconArrowForwardUp,
  IconFilterDown,
  IconFolderPlus,
  IconPlus,
  IconX,
} from '@tabler/icons-react'
import { Fragment, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Dictionary } from '#core/segments/api.ts'
import { type Criteria, largestDepth } from '#core/segments/criteria.ts'
import { useFormat } from '../../../platform/format.ts'
import { useDictionary } from '../dictionary.ts'
import { useStages } from '../use-live-count.ts'
import classes from './criteria.module.css'
import * as draft from './draft.ts'
import { NodeMenu, type NodeTools, Rule } from './rule.tsx'
import { useHistory } from './use-history.ts'

type Props = {
  /** Null begins with one blank criterion. */
  value: Criteria | null
  /** Undefined while a criterion is unfinished: nothing may be counted or saved as if it were not there. */
  onChange: (criteria: Criteria | undefined) => void
}

/**
 * Criteria as groups with AND / OR / EXCEPT in their head. Keeps unfinished rules to itself and undoes
 * with Ctrl+Z, redoes with Ctrl+Y, inside fields too. A value that was not its own last word replaces the draft.
 */
export function CriteriaBuilder({ value, onChange }: Props) {
  const { t } = useTranslation('segments')
  const dictionary = useDictionary()
  const history = useHistory(() => draft.draftOf(value))
  const said = useRef(value ? JSON.stringify(value) : undefined)
  const { now, reset } = history
  const [staged, setStaged] = useState(false)
  const left = useStages(staged ? draft.criteriaOfDraft(now) : undefined)

  useEffect(() => {
    const text = value ? JSON.stringify(value) : undefined
    if (text === undefined || text === said.current) return
    said.current = text
    reset(draft.draftOf(value))
  }, [value, reset])

  useEffect(() => {
    const criteria = draft.criteriaOfDraft(now)
    const text = criteria ? JSON.stringify(criteria) : undefined
    if (text === said.current) return
    said.current = text
    onChange(criteria)
  }, [now, onChange])

  const keys = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey)) return
    const key = event.key.toLowerCase()
    if (key !== 'z' && key !== 'y') return
    event.preventDefault()
    if (key === 'z' && !event.shiftKey) history.undo()
    else history.redo()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only listens for the undo keys of the fields inside
    <div onKeyDown={keys}>
      <Group justify="flex-end" gap={4} mb={6}>
        <Button
          size="compact-xs"
          variant={staged ? 'light' : 'subtle'}
          leftSection={<IconFilterDown size={14} aria-hidden />}
          aria-pressed={staged}
          onClick={() => setStaged(!staged)}
          className={classes.staged ?? ''}
        >
          {t('builder.stages')}
        </Button>
        <HistoryButton
          label={t('builder.undo')}
          keys="Control+Z"
          disabled={!history.canUndo}
          onClick={history.undo}
        >
          <IconArrowBackUp size={17} aria-hidden />
        </HistoryButton>
        <HistoryButton
          label={t('builder.redo')}
          keys="Control+Y"
          disabled={!history.canRedo}
          onClick={history.redo}
        >
          <IconArrowForwardUp size={17} aria-hidden />
        </HistoryButton>
      </Group>
      <CriteriaGroup
        group={now}
        path={[]}
        dictionary={dictionary}
        tools={toolsOf(now, history.set)}
        left={left}
        onChange={(group) => history.set(draft.changeGroup(now, group.id, () => group))}
      />
    </div>
  )
}

function HistoryButton(props: {
  label: string
  keys: string
  disabled: boolean
  onClick: () => void
  children: React.ReactNode
}) {
  const { label, keys, disabled, onClick, children } = props
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={label}
        aria-keyshortcuts={keys}
        aria-disabled={disabled}
        data-disabled={disabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  )
}

function toolsOf(root: draft.DraftGroup, set: (root: draft.DraftGroup) => void): NodeTools {
  return {
    move: (id, by) => set(draft.move(root, id, by)),
    duplicate: (id) => set(draft.change(root, id, (node) => [node, draft.copy(node)])),
    enclose: (id) => set(draft.change(root, id, (node) => [draft.blankGroup([node])])),
    remove: (id) => set(draft.change(root, id, () => [])),
  }
}

type GroupProps = {
  group: draft.DraftGroup
  /** Places from 1 at each level, for screen readers; empty for the outermost. */
  path: number[]
  dictionary: Dictionary
  tools: NodeTools
  /** How many people are left after each node of the group, when that was asked for. */
  left?: readonly number[] | undefined
  onChange: (group: draft.DraftGroup) => void
}

function CriteriaGroup({ group, path, dictionary, tools, left, onChange }: GroupProps) {
  const { t } = useTranslation('segments')
  const number = path.join('.')
  const name = path.length === 0 ? t('builder.criteria') : t('builder.group', { n: number })
  const add = (node: draft.DraftNode) => onChange({ ...group, of: [...group.of, node] })
  const deeper = path.length + 1 < largestDepth
  return (
    <fieldset aria-label={name} className={classes.group} data-not={group.not || undefined}>
      <div className={classes.head}>
        <SegmentedControl
          size="xs"
          color="brand"
          aria-label={t('builder.join', { name })}
          data={[
            { value: 'all', label: t('builder.all') },
            { value: 'any', label: t('builder.any') },
          ]}
          value={group.join}
          onChange={(join) => onChange({ ...group, join: join === 'any' ? 'any' : 'all' })}
        />
        <Switch
          size="xs"
          label={t('builder.not')}
          aria-label={t('builder.notLabel', { name })}
          checked={group.not}
          onChange={({ currentTarget }) => onChange({ ...group, not: currentTarget.checked })}
        />
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => add(draft.blankRule())}
        >
          {t('builder.addRule')}
        </Button>
        {deeper && (
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconFolderPlus size={14} aria-hidden />}
            onClick={() => add(draft.blankGroup())}
          >
            {t('builder.addGroup')}
          </Button>
        )}
        {path.length > 0 && (
          <>
            <span className={classes.spacer} />
            <NodeMenu id={group.id} tools={tools} label={t('builder.groupMenu', { n: number })} />
            <ActionIcon
              size={26}
              variant="subtle"
              color="gray"
              aria-label={t('builder.removeGroup', { n: number })}
              onClick={() => tools.remove(group.id)}
            >
              <IconX size={15} aria-hidden />
            </ActionIcon>
          </>
        )}
      </div>
      {group.of.length === 0 && <span className={classes.note}>{t('builder.emptyGroup')}</span>}
      {group.of.map((node, at) => (
        <Fragment key={node.id}>
          {node.kind === 'rule' ? (
            <Rule
              rule={node}
              place={at + 1}
              dictionary={dictionary}
              tools={tools}
              onChange={(rule) => onChange({ ...group, of: group.of.with(at, rule) })}
            />
          ) : (
            <CriteriaGroup
              group={node}
              path={[...path, at + 1]}
              dictionary={dictionary}
              tools={tools}
              onChange={(inner) => onChange({ ...group, of: group.of.with(at, inner) })}
            />
          )}
          <Stage join={group.join} left={left?.[at]} />
        </Fragment>
      ))}
    </fieldset>
  )
}

/** How many the criteria so far leave, or find when one of them is enough. */
function Stage({ join, left }: { join: 'all' | 'any'; left: number | undefined }) {
  const { t } = useTranslation('segments')
  const { integer } = useFormat()
  if (left === undefined) return null
  return (
    <p className={classes.stage}>
      <IconArrowDown size={13} aria-hidden />
      {t(`builder.stage.${join}`, { count: left, n: integer(left) })}
    </p>
  )
}
