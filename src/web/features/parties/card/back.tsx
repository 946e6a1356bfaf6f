import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

/** The way back to the list of customers. */
export function Back() {
  const { t } = useTranslation('parties')
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconArrowLeft size={16} />}
        renderRoot={(props) => <Link to="/customers" {...props} />}
      >
        {t('title')}
      </Button>
    </div>
  )
}
