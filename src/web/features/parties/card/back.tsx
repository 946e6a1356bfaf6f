import { useTranslation } from 'react-i18next'
import { BackLink } from '../../../ui/back-link.tsx'

/** The way back to the list of customers. */
export function Back() {
  const { t } = useTranslation('parties')
  return <BackLink to="/customers">{t('title')}</BackLink>
}
