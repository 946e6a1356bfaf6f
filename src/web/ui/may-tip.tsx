import { Tooltip } from '@mantine/core'
import { type ReactElement, useId } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './may-tip.module.css'

type Props = {
  may: boolean
  /** Draws the control; spread what it is given on it. */
  children: (state: { disabled: boolean; 'aria-describedby'?: string }) => ReactElement
}

/** A control that the user's rights do not allow is shown, disabled, with the reason on hover and for screen readers. */
export function MayTip({ may, children }: Props) {
  const { t } = useTranslation()
  const id = useId()
  if (may) return children({ disabled: false })
  return (
    <Tooltip label={t('ui.mayNot')}>
      <span className={classes.wrap}>
        {children({ disabled: true, 'aria-describedby': id })}
        <span id={id} hidden>
          {t('ui.mayNot')}
        </span>
      </span>
    </Tooltip>
  )
}
