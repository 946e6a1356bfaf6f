import { Button } from '@mantine/core'
import { IconAlertTriangle, IconMapPinQuestion } from '@tabler/icons-react'
import { type ErrorComponentProps, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../platform/problem-text.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Page } from '../ui/page.tsx'
import { PageHeader } from '../ui/page-header.tsx'

export function NotFound() {
  const { t } = useTranslation()
  return (
    <Page>
      <PageHeader title={t('shell.notFound.title')} />
      <EmptyState
        icon={<IconMapPinQuestion />}
        title={t('shell.notFound.what')}
        description={t('shell.notFound.next')}
        actions={
          <Button component={Link} to="/">
            {t('shell.home')}
          </Button>
        }
      />
    </Page>
  )
}

/** A page that broke: the frame stays, the reason is said, trying again is one click. */
export function Broken({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  return (
    <Page>
      <PageHeader title={t('shell.broken.title')} />
      <EmptyState
        icon={<IconAlertTriangle />}
        title={t('shell.broken.what')}
        description={problemText(error)}
        actions={
          <>
            <Button variant="default" component={Link} to="/">
              {t('shell.home')}
            </Button>
            <Button onClick={reset}>{t('shell.retry')}</Button>
          </>
        }
      />
    </Page>
  )
}
