import { SegmentedControl, Select, Skeleton, Stack, Text } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Preview } from '#core/content/api.ts'
import type { EmailContent } from '#core/content/content.ts'
import { Locale } from '#core/kernel/values.ts'
import { Panel } from '../../ui/panel.tsx'
import classes from './content.module.css'
import { FieldInput } from './field-input.tsx'
import { ProblemList, problemAt, useContentProblemText } from './problem-list.tsx'

/* Both editors are heavy and never needed together. */
const RichText = lazy(() => import('./email-rich-text.tsx').then((m) => ({ default: m.RichText })))
const HtmlSource = lazy(() =>
  import('./email-html-source.tsx').then((m) => ({ default: m.HtmlSource })),
)

type Props = {
  value: EmailContent
  onChange: (value: EmailContent) => void
  disabled: boolean
  problems: Preview['problems']
}

export function EmailEditor({ value, onChange, disabled, problems }: Props) {
  const { t } = useTranslation('content')
  const problemText = useContentProblemText()
  const set = (patch: Partial<EmailContent>) => onChange({ ...value, ...patch })
  const errorAt = (place: 'subject' | 'preheader') => {
    const problem = problemAt(problems, place)
    return problem ? problemText(problem) : null
  }
  return (
    <Panel>
      <Stack gap="sm">
        <FieldInput
          label={t('email.subject')}
          value={value.subject}
          onChange={(subject) => set({ subject })}
          error={errorAt('subject')}
          maxLength={300}
          disabled={disabled}
        />
        <FieldInput
          label={t('email.preheader')}
          description={t('email.preheaderHelp')}
          value={value.preheader}
          onChange={(preheader) => set({ preheader })}
          error={errorAt('preheader')}
          maxLength={300}
          disabled={disabled}
        />
        <div className={classes.modes}>
          <SegmentedControl
            size="xs"
            aria-label={t('email.mode')}
            value={value.mode}
            onChange={(mode) => set({ mode: mode === 'html' ? 'html' : 'text' })}
            disabled={disabled}
            data={[
              { value: 'text', label: t('email.modes.text') },
              { value: 'html', label: t('email.modes.html') },
            ]}
          />
          <Select
            size="xs"
            w={140}
            aria-label={t('email.language')}
            value={value.language}
            onChange={(language) => set({ language: Locale.catch('fr').parse(language) })}
            allowDeselect={false}
            disabled={disabled}
            data={[
              { value: 'fr', label: t('languages.fr') },
              { value: 'en', label: t('languages.en') },
            ]}
          />
        </div>
        <Suspense fallback={<Skeleton height={320} />}>
          {value.mode === 'text' ? (
            <RichText
              value={value.document}
              onChange={(document) => set({ document })}
              disabled={disabled}
            />
          ) : (
            <HtmlSource value={value.html} onChange={(html) => set({ html })} disabled={disabled} />
          )}
        </Suspense>
        <Text size="xs" c="dimmed">
          {t('email.footerHelp')}
        </Text>
        <ProblemList problems={problems.filter(({ place }) => place === 'body')} />
      </Stack>
    </Panel>
  )
}
