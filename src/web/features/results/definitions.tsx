import { useTranslation } from 'react-i18next'
import classes from './results.module.css'

const terms = [
  'returning',
  'revenue',
  'quantity',
  'margin',
  'totalMargin',
  'period',
  'control',
] as const

/** What each figure means, always on screen. */
export function Definitions() {
  const { t } = useTranslation('results')
  return (
    <section className={classes.definitions} aria-label={t('definitions.title')}>
      <h3>{t('definitions.title')}</h3>
      <dl>
        {terms.map((term) => (
          <div key={term}>
            <dt>{t(`definitions.${term}.term`)}</dt>
            <dd>{t(`definitions.${term}.text`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
