import { useTranslation } from 'react-i18next'
import { largestStepFile } from '#core/campaigns/attachment.ts'
import { isEditable, StepState } from '#core/campaigns/campaign.ts'
import type { OperationView } from '#core/operations/operation.ts'
import { downloadDocument, removeDocument, uploadDocument } from '#core/operations/template-api.ts'
import { useBytes } from '../../../platform/bytes.ts'
import { addressFor, call } from '../../../platform/call.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { upload } from '../../../platform/upload.ts'
import { FileList } from '../../../ui/file-list.tsx'
import { Attachments } from '../../campaigns/attachments.tsx'
import { useOperationAction, useTables } from '../operation-data.ts'
import type { FieldsProps } from './parameters-tab.tsx'
import { Section } from './section.tsx'

/** The document and the attachments that go with the step, when its type uses them. */
export function FileFields(props: FieldsProps) {
  const { step, draft, readOnly } = props
  const { t } = useTranslation('operations')
  const { typeOf } = useTables()
  const fields = typeOf(draft.typeCode)?.fields
  const document = fields?.document ?? 'unused'
  const attachment = fields?.attachment ?? 'unused'
  const isFixed = !isEditable(StepState.parse(step.state))
  if (document === 'unused' && attachment === 'unused' && step.attachments.length === 0) return null
  return (
    <Section title={t('sections.files')}>
      {document !== 'unused' && <Document {...props} mandatory={document === 'mandatory'} />}
      {(attachment !== 'unused' || step.attachments.length > 0) && (
        <Attachments
          stepId={step.id}
          readOnly={readOnly || isFixed}
          mandatory={attachment === 'mandatory'}
        />
      )}
    </Section>
  )
}

function Document({ step, draft, set, readOnly, mandatory }: FieldsProps & { mandatory: boolean }) {
  const { t } = useTranslation('operations')
  const bytes = useBytes()
  const problemText = useProblemText()
  const follow = (view: OperationView) => {
    // The draft is saved whole: it must name the document that is there now.
    const documentId = view.steps.find(({ id }) => id === step.id)?.documentId ?? null
    if (documentId !== draft.documentId) set({ documentId })
  }
  const add = useOperationAction((file: File) =>
    upload(uploadDocument, { id: step.id, name: file.name }, file),
  )
  const remove = useOperationAction((id: number) => call(removeDocument, { id }))
  const error = add.error ?? remove.error
  const files = step.document ? [step.document] : []
  return (
    <FileList
      label={t('fields.documentId')}
      mandatory={mandatory}
      files={files.map((file) => ({
        ...file,
        href: addressFor(downloadDocument, { id: step.id }),
      }))}
      empty={t('files.none', { size: bytes(largestStepFile) })}
      readOnly={readOnly}
      onAdd={(file) => add.mutate(file, { onSuccess: follow })}
      addLabel={t(files.length > 0 ? 'files.replace' : 'files.add')}
      adding={add.isPending}
      onRemove={() => remove.mutate(step.id, { onSuccess: follow })}
      removeLabel={(name) => t('files.remove', { name })}
      error={error && problemText(error)}
    />
  )
}
