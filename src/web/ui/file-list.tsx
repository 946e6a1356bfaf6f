import { ActionIcon, Anchor, Button, FileButton, Group, Text, VisuallyHidden } from '@mantine/core'
import { IconAlertTriangle, IconPaperclip, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useBytes } from '../platform/bytes.ts'
import { FieldError } from './field-error.tsx'
import classes from './file-list.module.css'
import { MayTip } from './may-tip.tsx'

type ListedFile = {
  id: string
  name: string
  size: number
  href: string
  isRisky?: boolean
  /** Who added it, and when. */
  about?: string
}

type Props = {
  label: string
  /** Said by a title around it already. */
  hidesLabel?: boolean
  mandatory?: boolean
  /** What stands before the files, of another kind. */
  above?: ReactNode
  files: readonly ListedFile[]
  /** In place of files. */
  empty: string | null
  readOnly: boolean
  /** Whether the user's rights allow to change them; otherwise the button says so. */
  may?: boolean
  onAdd: (file: File) => void
  addLabel: string
  adding: boolean
  onRemove: (id: string) => void
  removeLabel: (name: string) => string
  error: ReactNode
}

/** Files with their sizes, to fetch, to remove and to add to. */
export function FileList(props: Props) {
  const { label, hidesLabel = false, mandatory = false, files, empty, readOnly, error } = props
  const { may = true } = props
  return (
    <fieldset className={classes.files}>
      <legend>
        {hidesLabel ? <VisuallyHidden>{label}</VisuallyHidden> : label}
        {mandatory && <span className={classes.must}>{' *'}</span>}
      </legend>
      {props.above}
      {files.length === 0 && empty !== null && (
        <Text size="sm" c="dimmed">
          {empty}
        </Text>
      )}
      {files.map((file) => (
        <OneFile key={file.id} {...props} file={file} readOnly={readOnly || !may} />
      ))}
      {error && <FieldError>{error}</FieldError>}
      {!readOnly && (
        <FileButton onChange={(file) => file && props.onAdd(file)}>
          {(button) => (
            <MayTip may={may}>
              {(state) => (
                <Button
                  {...state}
                  {...button}
                  size="compact-sm"
                  variant="default"
                  w="fit-content"
                  leftSection={<IconPaperclip size={14} />}
                  loading={props.adding}
                >
                  {props.addLabel}
                </Button>
              )}
            </MayTip>
          )}
        </FileButton>
      )}
    </fieldset>
  )
}

type OneProps = Pick<Props, 'readOnly' | 'onRemove' | 'removeLabel'> & { file: ListedFile }

function OneFile({ file, readOnly, onRemove, removeLabel }: OneProps) {
  const bytes = useBytes()
  return (
    <Group gap={6} wrap="nowrap">
      {file.isRisky && (
        <IconAlertTriangle size={15} aria-hidden color="var(--mantine-color-yellow-7)" />
      )}
      <div className={classes.text}>
        <Anchor size="sm" href={file.href} download>
          {file.name}
        </Anchor>
        <Text size="xs" c="dimmed">
          {[bytes(file.size), file.about].filter(Boolean).join(' · ')}
        </Text>
      </div>
      {!readOnly && (
        <ActionIcon
          variant="subtle"
          color="red"
          aria-label={removeLabel(file.name)}
          onClick={() => onRemove(file.id)}
        >
          <IconTrash size={15} />
        </ActionIcon>
      )}
    </Group>
  )
}
