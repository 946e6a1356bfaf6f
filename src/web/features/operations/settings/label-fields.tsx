import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'

type Labels = { labelFr: string; labelEn: string }
type Props = { value: Labels; onChange: (patch: Partial<Labels>) => void }

/** The name in both languages. */
export function LabelFields({ value, onChange }: Props) {
  const { t } = useTranslation('operations')
  return (
    <>
      <TextInput
        data-autofocus
        required
        maxLength={100}
        label={t('settings.labelFr')}
        value={value.labelFr}
        onChange={(event) => onChange({ labelFr: event.currentTarget.value })}
      />
      <TextInput
        required
        maxLength={100}
        label={t('settings.labelEn')}
        value={value.labelEn}
        onChange={(event) => onChange({ labelEn: event.currentTarget.value })}
      />
    </>
  )
}

export function CodeField({
  value,
  onChange,
}: {
  value: string
  onChange: (code: string) => void
}) {
  const { t } = useTranslation('operations')
  return (
    <TextInput
      required
      maxLength={40}
      pattern="[a-z0-9][a-z0-9\-]{0,39}"
      label={t('settings.code')}
      description={t('settings.codeHelp')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value.toLowerCase().replaceAll(' ', '-'))}
    />
  )
}
