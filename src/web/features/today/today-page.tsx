import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'

export function TodayPage() {
  const { t } = useTranslation('today')
  return (
    <Page>
      <PageHeader title={t('title')} />
    </Page>
  )
}
