import { Textarea, TextInput } from '@mantine/core'
import { type ReactNode, useRef } from 'react'
import { InsertField } from './insert-field.tsx'

type Props = {
  label: string
  description?: ReactNode
  placeholder?: string
  value: string
  onChange: (value: string) => void
  error?: ReactNode
  maxLength: number
  disabled: boolean
  /** Several lines, growing with the text. */
  multiline?: boolean
}

/** A text in which merge fields can be inserted where the caret is. */
export function FieldInput({ value, onChange, multiline = false, disabled, ...props }: Props) {
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  const insert = (key: string) => {
    const from = input.current?.selectionStart ?? value.length
    const to = input.current?.selectionEnd ?? value.length
    onChange(`${value.slice(0, from)}{{${key}}}${value.slice(to)}`)
    input.current?.focus()
  }
  const shared = {
    ...props,
    // Not disabled: what was sent stays readable.
    readOnly: disabled,
    ref: input,
    value,
    rightSection: <InsertField onInsert={insert} disabled={disabled} />,
  }
  return multiline ? (
    <Textarea
      {...shared}
      rightSectionProps={{ style: { alignItems: 'flex-start', paddingTop: 4 } }}
      autosize
      minRows={4}
      maxRows={14}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  ) : (
    <TextInput {...shared} onChange={(event) => onChange(event.currentTarget.value)} />
  )
}
