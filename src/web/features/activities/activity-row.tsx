import { ActionIcon, Badge, Checkbox, Tooltip } from '@mantine/core'
import { IconCheck, IconFlag, IconPaperclip, IconRotate } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { KeyboardEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ActivityLine } from '#core/activities/activity.ts'
import { useFormat } from '../../platform/format.ts'
import { MayTip } from '../../ui/may-tip.tsx'
import { useMay } from '../access/session.ts'
import classes from './activities.module.css'
import { useActivityTables, useSetState } from './activity-data.ts'
import { TypeIcon } from './type-icon.tsx'

export const isOverdue = ({
  state,
  startsAt,
  endsAt,
}: Pick<ActivityLine, 'state' | 'startsAt' | 'endsAt'>): boolean =>
  state === 'open' && Date.parse(endsAt ?? startsAt) < Date.now()

type Props = {
  row: ActivityLine
  selected?: boolean
  /** Given when it can be selected. */
  onSelect?: () => void
  /** Opens it here; without it, on the page of activities. */
  onOpen?: () => void
  /** Its day stands above it already. */
  bare: boolean
}

/** One line: what, about whom, whose, when; completed by one click. */
export function ActivityRow({ row, selected = false, onSelect, onOpen, bare }: Props) {
  const { t } = useTranslation('activities')
  const { typeOf } = useActivityTables()
  const type = typeOf(row.typeId)
  return (
    <li
      className={classes.row}
      data-find
      data-state={row.state}
      data-selected={selected || undefined}
    >
      {onSelect && (
        <Checkbox
          aria-label={t('select', { name: row.subject })}
          checked={selected}
          onChange={onSelect}
        />
      )}
      <span className={classes.kind} aria-hidden>
        <TypeIcon type={type} />
      </span>
      <Opener id={row.id} onOpen={onOpen}>
        <span className={classes.subject}>
          {row.priority > 0 && (
            <IconFlag
              size={15}
              className={classes.flag}
              data-priority={row.priority}
              aria-label={t(`priorities.${row.priority}`)}
            />
          )}
          <strong>{row.subject}</strong>
          {row.files > 0 && <IconPaperclip size={14} aria-label={t('hasFiles')} />}
        </span>
        <About row={row} type={type?.label ?? ''} />
      </Opener>
      <When row={row} bare={bare} />
      <Complete row={row} />
    </li>
  )
}

type OpenerProps = { id: number; onOpen: (() => void) | undefined; children: ReactNode }

function Opener({ id, onOpen, children }: OpenerProps) {
  if (onOpen)
    return (
      <button
        type="button"
        data-line
        className={classes.open}
        onClick={onOpen}
        onKeyDown={moveFocus}
      >
        {children}
      </button>
    )
  return (
    <Link to="/activities" search={{ activity: id }} data-line className={classes.open}>
      {children}
    </Link>
  )
}

/** Arrows go from line to line, as in every list of the program. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const list = event.currentTarget.closest('[data-lines]')
  if (step === undefined || !list) return
  event.preventDefault()
  const lines = [...list.querySelectorAll<HTMLElement>('[data-line]')]
  lines[lines.indexOf(event.currentTarget) + step]?.focus()
}

function About({ row, type }: { row: ActivityLine; type: string }) {
  const { party, contact, owner, campaign, step, number, result } = row
  const who = contact && party ? `${contact.label} (${party.label})` : party?.label
  const from = [campaign?.label, step?.label].filter(Boolean).join(' – ')
  const parts = [number, type, who, owner?.label, from, result]
  return <span className={classes.about}>{parts.filter(Boolean).join(' · ')}</span>
}

function When({ row, bare }: { row: ActivityLine; bare: boolean }) {
  const { t } = useTranslation('activities')
  const format = useFormat()
  return (
    <span className={classes.when}>
      {row.state !== 'open' && (
        <Badge variant="light" tt="none" color={row.state === 'done' ? 'ok' : 'gray'}>
          {t(`states.${row.state}`)}
        </Badge>
      )}
      {isOverdue(row) && (
        <Badge variant="light" tt="none" color="red">
          {t('overdue')}
        </Badge>
      )}
      <time dateTime={row.startsAt}>
        {bare ? format.time(row.startsAt) : format.instant(row.startsAt)}
      </time>
    </span>
  )
}

/** Done by one click, and taken back by another. */
function Complete({ row }: { row: ActivityLine }) {
  const { t } = useTranslation('activities')
  const may = useMay('activities.write')
  const set = useSetState()
  const state = row.state === 'open' ? 'done' : 'open'
  const name = t(state === 'done' ? 'completeNamed' : 'reopenNamed', { name: row.subject })
  return (
    <MayTip may={may}>
      {(mayState) => (
        <Tooltip label={t(state === 'done' ? 'complete' : 'reopen')}>
          <ActionIcon
            {...mayState}
            variant={state === 'done' ? 'default' : 'subtle'}
            color="gray"
            size={32}
            aria-label={name}
            loading={set.isPending}
            onClick={() => set.mutate({ id: row.id, version: row.version, state })}
          >
            {state === 'done' ? <IconCheck size={17} /> : <IconRotate size={17} />}
          </ActionIcon>
        </Tooltip>
      )}
    </MayTip>
  )
}
