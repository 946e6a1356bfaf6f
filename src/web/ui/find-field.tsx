import { ActionIcon, Group, TextInput, Tooltip } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconSearch, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../platform/format.ts'
import classes from './find-field.module.css'

export type Finding = {
  words: string
  setWords: (words: string) => void
  /** How many lines match, and which of them is the current one from 0; −1 when it is none of them. */
  count: number
  at: number
  /** To the next (1) or the one before (−1), around the end. */
  step: (direction: 1 | -1) => void
}

type Props = {
  label: string
  finding: Finding
  /** Whether Ctrl F comes here until Escape gives it back to the browser. */
  takesFind?: boolean
  onLeave?: () => void
}

/** A word among lines (D-15, D-S7): Ctrl F8 and F3 go on, Ctrl F7 and Shift F3 go back. */
export function FindField({ label, finding, takesFind = false, onLeave }: Props) {
  const { t } = useTranslation()
  const { integer } = useFormat()
  const field = useRef<HTMLInputElement>(null)
  const takesKeys = useFindKeys(field, finding, takesFind)
  const { words, count, at, setWords, step } = finding
  const leave = () => {
    setWords('')
    takesKeys.current = false
    onLeave?.()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') leave()
    else if (event.key === 'Enter') step(stepOf(event))
    else return
    event.preventDefault()
  }
  const place = t('ui.find.count', { at: integer(at + 1), n: integer(count) })
  return (
    <div className={classes.find}>
      <TextInput
        ref={field}
        size="sm"
        className={classes.field ?? ''}
        aria-label={label}
        placeholder={label}
        title={t(takesFind ? 'ui.find.keysWithFind' : 'ui.find.keys')}
        leftSection={<IconSearch size={15} aria-hidden />}
        autoComplete="off"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        onFocus={(event) => {
          takesKeys.current = true
          event.currentTarget.select()
        }}
        onKeyDown={onKeyDown}
      />
      <span role="status" className={classes.count}>
        {words.trim() !== '' && (count === 0 ? t('ui.find.none') : place)}
      </span>
      {words !== '' && (
        <Group gap={0} wrap="nowrap">
          <Step
            label={t('ui.find.previous')}
            icon={<IconChevronUp size={16} />}
            disabled={count === 0}
            onClick={() => step(-1)}
          />
          <Step
            label={t('ui.find.next')}
            icon={<IconChevronDown size={16} />}
            disabled={count === 0}
            onClick={() => step(1)}
          />
          <Step label={t('ui.find.clear')} icon={<IconX size={16} />} onClick={leave} />
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

type Keys = Pick<globalThis.KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey'>

const stepOf = ({ shiftKey }: { shiftKey: boolean }) => (shiftKey ? -1 : 1)

const functionKeys: Readonly<Record<string, 1 | -1 | undefined>> = { F8: 1, F7: -1 }

/** What a key asks: to come to the field, or to go on or back. F3 without a word stays the browser's. */
function askedBy(
  event: Keys,
  { takesFind, isEmpty }: { takesFind: boolean; isEmpty: boolean },
): 'field' | 1 | -1 | undefined {
  const control = event.ctrlKey || event.metaKey
  if (takesFind && control && event.key.toLowerCase() === 'f') return 'field'
  const direction = control ? functionKeys[event.key] : undefined
  if (direction !== undefined) return isEmpty ? 'field' : direction
  return event.key === 'F3' && !isEmpty ? stepOf(event) : undefined
}

/** Whether the field is on the page as it stands, with no dialog above it. */
const isHere = (field: HTMLInputElement | null): field is HTMLInputElement =>
  document.querySelector('[role="dialog"]') === null && field?.checkVisibility() === true

function useFindKeys(
  field: RefObject<HTMLInputElement | null>,
  finding: Finding,
  takesFind: boolean,
) {
  const takesKeys = useRef(true)
  const latest = useRef(finding)
  latest.current = finding
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => {
      const isEmpty = latest.current.words === ''
      const asked = askedBy(event, { takesFind: takesFind && takesKeys.current, isEmpty })
      if (asked === undefined || !isHere(field.current)) return
      if (asked === 'field') field.current.focus()
      else latest.current.step(asked)
      event.preventDefault()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [field, takesFind])
  return takesKeys
}
