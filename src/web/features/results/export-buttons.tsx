import { Button, Group } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { exportResults } from '#core/results/api.ts'
import { addressFor } from '../../platform/call.ts'

const formats = ['csv', 'xlsx'] as const

/** The days as a file, in the language of the page. */
export function ExportButtons({ campaignId }: { campaignId: number }) {
  const { t, i18n } = useTranslation('results')
  const locale = i18n.language === 'en' ? 'en' : 'fr'
  return (
    <Group gap={6}>
      {formats.map((format) => (
        <Button
          key={format}
          component="a"
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          href={addressFor(exportResults, { id: campaignId, format, locale })}
          download
          aria-label={t(`export.${format}Label`)}
        >
          {t(`export.${format}`)}
        </Button>
      ))}
    </Group>
  )
}
