import { Alert } from '@mantine/core'
import { IconWifiOff } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { flush, useWaiting } from './outbox.ts'

const retryMs = 4_000

/** What waits for the network, sent again as soon as it is back. */
export function OfflineBar({ userId, onSent }: { userId: string; onSent: () => void }) {
  const { t } = useTranslation('phoning')
  const waiting = useWaiting()
  useEffect(() => {
    if (userId === '') return
    const again = () => void flush(userId).then((sent) => sent.size > 0 && onSent())
    again()
    window.addEventListener('online', again)
    const timer = setInterval(again, retryMs)
    return () => {
      window.removeEventListener('online', again)
      clearInterval(timer)
    }
  }, [userId, onSent])
  return (
    <div role="status">
      {waiting > 0 && (
        <Alert color="yellow" icon={<IconWifiOff size={18} />} py={8}>
          {t('offline', { count: waiting })}
        </Alert>
      )}
    </div>
  )
}
