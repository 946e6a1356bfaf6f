import { ActionIcon, Anchor, Button, FileButton, Group, Text } from '@mantine/core'
import { IconPaperclip, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OperationView, StepFile } from '#core/operations/operation.ts'
import {
  downloadStepFile,
  largestStepFile,
  removeStepFile,
  uploadStepFile,
} from '#core/operations/template-api.ts'
import { addressFor, CallError, call, readProblem } from '../../../platform/call.ts'
import { useFormat } from '../../../platform/format.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { FieldError } from '../../../ui/field-error.tsx'
import { useOperationAction, useTables } from '../operation-data.ts'
import classes from '../operations.module.css'
import type { FieldsProps } from './parameters-tab.tsx'
import { Section } from './section.tsx'

type Kind = 'document' | 'attachment'

/** The document and the attachments that go with the step, when its type uses them. */
export function FileFields(props: FieldsProps) {
  const { step, draft } = props
  const { t } = useTranslation('operations')
  const { typeOf } = useTables()
  const fields = typeOf(draft.typeCode)?.fields
  const document = fields?.document ?? 'unused'
  const attachment = fields?.attachment ?? 'unused'
  if (document === 'unused' && attachment === 'unused' && step.attachments.length === 0) return null
  return (
    <Section title={t('sections.files')}>
      {document !== 'unused' && (
        <Files
          {...props}
          kind="document"
          files={step.document ? [step.document] : []}
          mandatory={document === 'mandatory'}
        />
      )}
      {(attachment !== 'unused' || step.attachments.length > 0) && (
        <Files
          {...props}
          kind="attachment"
          files={step.attachments}
          mandatory={attachment === 'mandatory'}
        />
      )}
    </Section>
  )
}

async function send(stepId: number, kind: Kind, file: File): Promise<OperationView> {
  const query = new URLSearchParams({ as: kind, name: file.name }).toString()
  const path = uploadStepFile.path.replace(':id', String(stepId))
  const headers = { 'content-type': 'application/octet-stream' }
  const response = await fetch(`${path}?${query}`, { method: 'POST', headers, body: file })
  if (!response.ok) throw new CallError(response.status, await readProblem(response))
  return uploadStepFile.output.parse(await response.json())
}

type Props = FieldsProps & { kind: Kind; files: readonly StepFile[]; mandatory: boolean }

function Files({ step, draft, set, readOnly, kind, files, mandatory }: Props) {
  const { t } = useTranslation('operations')
  const { integer } = useFormat()
  const problemText = useProblemText()
  const own = (view: OperationView) => view.steps.find(({ id }) => id === step.id)?.documentId
  const follow = (view: OperationView) => {
    // The draft is saved whole: it must name the document that is there now.
    const documentId = own(view) ?? null
    if (documentId !== draft.documentId) set({ documentId })
  }
  const add = useOperationAction((file: File) => send(step.id, kind, file))
  const remove = useOperationAction((fileId: string) =>
    call(removeStepFile, { id: step.id, fileId }),
  )
  const error = add.error ?? remove.error
  return (
    <fieldset className={classes.files}>
      <legend>
        {t(kind === 'document' ? 'fields.documentId' : 'fields.attachments')}
        {mandatory && <span className={classes.must}>{' *'}</span>}
      </legend>
      {files.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('files.none', { megabytes: largestStepFile / 2 ** 20 })}
        </Text>
      )}
      {files.map((file) => (
        <Group key={file.id} gap={6} wrap="nowrap">
          <Anchor
            size="sm"
            href={addressFor(downloadStepFile, { id: step.id, fileId: file.id })}
            className={classes.fileName ?? ''}
          >
            {file.name}
          </Anchor>
          <Text size="xs" c="dimmed">
            {t('files.size', { n: integer(Math.max(1, Math.round(file.size / 1_024))) })}
          </Text>
          {!readOnly && (
            <ActionIcon
              variant="subtle"
              color="red"
              aria-label={t('files.remove', { name: file.name })}
              onClick={() => remove.mutate(file.id, { onSuccess: follow })}
            >
              <IconTrash size={15} />
            </ActionIcon>
          )}
        </Group>
      ))}
      {error && <FieldError>{problemText(error)}</FieldError>}
      {!readOnly && (
        <FileButton onChange={(file) => file && add.mutate(file, { onSuccess: follow })}>
          {(button) => (
            <Button
              {...button}
              size="compact-sm"
              variant="default"
              w="fit-content"
              leftSection={<IconPaperclip size={14} />}
              loading={add.isPending}
            >
              {t(kind === 'document' && files.length > 0 ? 'files.replace' : `files.add.${kind}`)}
            </Button>
          )}
        </FileButton>
      )}
    </fieldset>
  )
}
