import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './imports.module.css'

const steps = ['file', 'columns', 'rules', 'trial', 'run'] as const
export type Step = (typeof steps)[number]

type Props = { current: Step; onGo?: (step: Step) => void; reachable?: (step: Step) => boolean }

/** Where in the five steps the user is; those behind are a click away. */
export function StepTrail({ current, onGo, reachable = () => false }: Props) {
  const { t } = useTranslation('imports')
  const at = steps.indexOf(current)
  return (
    <ol className={classes.trail} aria-label={t('steps.label')}>
      {steps.map((step, index) => {
        const content = (
          <>
            <span className={classes.trailMark} aria-hidden>
              {index < at ? <IconCheck size={14} stroke={3} /> : index + 1}
            </span>
            <span className={classes.trailName}>{t(`steps.${step}`)}</span>
          </>
        )
        const isHere = step === current
        return (
          <li
            key={step}
            data-state={index < at ? 'past' : isHere ? 'here' : 'ahead'}
            {...(isHere ? { 'aria-current': 'step' as const } : {})}
          >
            {onGo && !isHere && reachable(step) ? (
              <button type="button" onClick={() => onGo(step)}>
                {content}
              </button>
            ) : (
              <span>{content}</span>
            )}
          </li>
        )
      })}
    </ol>
  )
}
