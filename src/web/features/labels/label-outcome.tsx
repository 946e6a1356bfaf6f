import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { LabelCheck } from '#core/labels/api.ts'
import { type LabelFormat, pagesFor } from '#core/labels/format.ts'
import type { PrintOrder } from '#core/labels/order.ts'
import { useFormat } from '../../platform/format.ts'
import { LabelDrawing } from './drawings.tsx'
import classes from './labels.module.css'

type Props = { order: PrintOrder; format: LabelFormat; check: LabelCheck | undefined }

/** How many labels and pages, who is left out and why, and how the first one looks. */
export function LabelOutcome({ order, format, check }: Props) {
  const { t } = useTranslation('labels')
  const { integer } = useFormat()
  if (!check)
    return (
      <Text size="sm" c="dimmed" role="status">
        {t('counting')}
      </Text>
    )
  const labels = check.problems.length > 0 ? 0 : check.printed * order.copies
  const pages = pagesFor(format, labels, order.firstFree)
  const missing = check.total - check.printed
  return (
    <div className={classes.outcome}>
      <div role="status">
        {check.problems.map(({ code, text }) => (
          <Text key={`${code}${text}`} size="sm" c="red">
            {t(`problems.${code}`, { text })}
          </Text>
        ))}
        <Text fw={600}>
          {t('outcome', {
            count: labels,
            n: integer(labels),
            pages: t('pages', { count: pages, n: integer(pages) }),
          })}
        </Text>
        {missing > 0 && (
          <>
            <Text size="sm" mt={6}>
              {t('leftOut', { count: missing, n: integer(missing) })}
            </Text>
            <ul className={classes.reasons}>
              {check.leftOut.map(({ reason, count }) => (
                <li key={reason}>
                  {integer(count)} {t(`reasons.${reason}`)}
                </li>
              ))}
            </ul>
          </>
        )}
        <Text size="xs" c="dimmed" mt={6}>
          {t('scale')}
        </Text>
      </div>
      <figure className={classes.sample}>
        {check.sample ? (
          <LabelDrawing format={format} items={check.sample} label={t('sample')} />
        ) : (
          <Text size="xs" c="dimmed">
            {t('noSample')}
          </Text>
        )}
        {check.sample && <figcaption>{t('sample')}</figcaption>}
      </figure>
    </div>
  )
}
