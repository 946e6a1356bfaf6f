import { Drawer } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Nav } from './nav.tsx'

/** The navigation on a phone. */
export function NavDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Drawer opened onClose={onClose} title={t('app')} size={280} hiddenFrom="sm">
      <nav aria-label={t('nav.label')}>
        <Nav onNavigate={onClose} />
      </nav>
    </Drawer>
  )
}
