import { ActionIcon, Group, TextInput, Tooltip } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconSearch, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../platform/format.ts'
import classes from './tree.module.css'
import type { TreeState } from './use-tree-state.ts'

type Props = { search: TreeState['search']; onLeave: () => void }

/**
 * A word in the tree (D-15): Ctrl F comes here, F3 and Shift F3 go on and back. Escape gives Ctrl F back to
 * the browser until the field is used again.
 */
export function TreeSearch({ search, onLeave }: Props) {
  const { t } = useTranslation('operations')
  const { integer } = useFormat()
  const field = useRef<HTMLInputElement>(null)
  const takesKeys = useSearchKeys(field, search)
  const leave = () => {
    search.setWords('')
    takesKeys.current = false
    onLeave()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') leave()
    else if (event.key === 'Enter') search.step(stepOf(event))
    else return
    event.preventDefault()
  }
  const { words, found, at } = search
  const count = t('tree.search.count', { at: integer(at + 1), n: integer(found.length) })
  return (
    <div className={classes.search}>
      <TextInput
        ref={field}
        size="sm"
        className={classes.grow ?? ''}
        aria-label={t('tree.search.label')}
        placeholder={t('tree.search.label')}
        title={t('tree.search.keys')}
        leftSection={<IconSearch size={15} aria-hidden />}
        autoComplete="off"
        value={words}
        onChange={(event) => search.setWords(event.currentTarget.value)}
        onFocus={(event) => {
          takesKeys.current = true
          event.currentTarget.select()
        }}
        onKeyDown={onKeyDown}
      />
      <span role="status" className={classes.count}>
        {words.trim() !== '' && (found.length === 0 ? t('tree.search.none') : count)}
      </span>
      {words !== '' && (
        <Group gap={0} wrap="nowrap">
          <Step
            label={t('tree.search.previous')}
            icon={<IconChevronUp size={16} />}
            disabled={found.length === 0}
            onClick={() => search.step(-1)}
          />
          <Step
            label={t('tree.search.next')}
            icon={<IconChevronDown size={16} />}
            disabled={found.length === 0}
            onClick={() => search.step(1)}
          />
          <Step label={t('tree.search.clear')} icon={<IconX size={16} />} onClick={leave} />
        </Group>
      )}
    </div>
  )
}

type StepProps = { label: string; icon: ReactNode; disabled?: boolean; onClick: () => void }

function Step({ label, icon, disabled = false, onClick }: StepProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        size={28}
        variant="subtle"
        color="gray"
        aria-label={label}
        disabled={disabled}
        onClick={onClick}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  )
}

const isFind = (event: globalThis.KeyboardEvent) =>
  (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f'
const stepOf = ({ shiftKey }: { shiftKey: boolean }) => (shiftKey ? -1 : 1)

function useSearchKeys(field: RefObject<HTMLInputElement | null>, search: TreeState['search']) {
  const takesKeys = useRef(true)
  const latest = useRef(search)
  latest.current = search
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => {
      const isElsewhere = document.querySelector('[role="dialog"]') !== null
      if (!takesKeys.current || isElsewhere || !field.current?.checkVisibility()) return
      if (isFind(event)) field.current.focus()
      else if (event.key === 'F3' && latest.current.words !== '') latest.current.step(stepOf(event))
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [field])
  return takesKeys
}
