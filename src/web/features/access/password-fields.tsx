import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** A password with a button to see it; managers and pasting work. */
export function PasswordField(props: PasswordInputProps) {
  const { t } = useTranslation('access')
  return (
    <PasswordInput
      visibilityToggleButtonProps={{ 'aria-label': t('password.show'), tabIndex: 0 }}
      {...props}
    />
  )
}

/** The choice of a new one, with what is asked of it. */
export function NewPasswordField(props: PasswordInputProps) {
  const { t } = useTranslation('access')
  return (
    <PasswordField
      label={t('password.new')}
      description={t('password.rule')}
      autoComplete="new-password"
      required
      {...props}
    />
  )
}
