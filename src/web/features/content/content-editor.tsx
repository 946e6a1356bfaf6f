import { lazy, type ReactNode, Suspense } from 'react'
import type { ContentBody } from '#core/content/content.ts'
import classes from './content.module.css'
import { EmailEditor } from './email-editor.tsx'
import { PreviewPanel } from './preview-panel.tsx'
import { usePreview } from './use-preview.ts'

const FileEditor = lazy(async () => ({ default: (await import('./file-editor.tsx')).FileEditor }))
const SmsEditor = lazy(async () => ({ default: (await import('./sms-editor.tsx')).SmsEditor }))

type Props = {
  body: ContentBody
  onChange: (body: ContentBody) => void
  editable: boolean
  /** What concerns all recipients: missing fields, the dearest text message. */
  checks: ReactNode
  stepId: number
  contentId: number
  /** Saves at once: a test sends what is kept. */
  onSaved: () => Promise<unknown>
}

/** A message being written, and beside it what a recipient would get. */
export function ContentEditor({ body, onChange, editable, checks, ...of }: Props) {
  const preview = usePreview(body, of.stepId)
  const problems = preview.data?.problems ?? []
  return (
    <div className={classes.editor}>
      <div className={classes.side}>
        {body.channel === 'email' && (
          <EmailEditor value={body} onChange={onChange} disabled={!editable} problems={problems} />
        )}
        <Suspense>
          {body.channel === 'sms' && (
            <SmsEditor
              value={body}
              onChange={onChange}
              disabled={!editable}
              problems={problems}
              stopText={preview.data?.stopText ?? ''}
            />
          )}
          {body.channel === 'file' && (
            <FileEditor value={body} onChange={onChange} disabled={!editable} />
          )}
        </Suspense>
        {checks}
      </div>
      <PreviewPanel preview={preview} body={body} {...of} />
    </div>
  )
}
