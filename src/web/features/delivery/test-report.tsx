import { Alert } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './delivery.module.css'

type Result = { ok: boolean; steps: readonly { name: string; ok: boolean; detail: string }[] }

/** What became of a test, step by step, with the other side's own words. */
export function TestReport({ result }: { result: Result }) {
  const { t } = useTranslation('delivery')
  return (
    <Alert
      color={result.ok ? 'ok' : 'red'}
      variant="light"
      role="status"
      title={t(result.ok ? 'relay.testOk' : 'relay.testFailed')}
    >
      <ul className={classes.steps}>
        {result.steps.map(({ name, ok, detail }) => (
          <li key={name}>
            {ok ? (
              <IconCircleCheck size={16} aria-label={t('relay.ok')} />
            ) : (
              <IconCircleX size={16} aria-label={t('relay.failed')} />
            )}
            <strong>{t(`relay.steps.${name}`)}</strong>
            <span className={classes.answer}>{detail}</span>
          </li>
        ))}
      </ul>
    </Alert>
  )
}
