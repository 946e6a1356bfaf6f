import { Button, Stack, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

type Props = {
  agrees: boolean
  disabled: boolean
  onChange: (agrees: boolean, note: string) => void
}

/** An agreement is noted with how it was given, which is its proof; taking it back asks for nothing. */
export function MeasuringConsent({ agrees, disabled, onChange }: Props) {
  const { t } = useTranslation('parties')
  const [asking, setAsking] = useState(false)
  const [note, setNote] = useState('')
  const settle = (said: boolean) => {
    setAsking(false)
    setNote('')
    onChange(said, said ? note : '')
  }
  return (
    <Stack gap="xs">
      <Switch
        label={t('consent.measuring.label')}
        description={t('consent.measuring.help')}
        checked={agrees}
        disabled={disabled}
        onChange={() => (agrees ? settle(false) : setAsking(!asking))}
      />
      {asking && !agrees && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            settle(true)
          }}
        >
          <Stack gap="xs" align="flex-start">
            <TextInput
              label={t('consent.measuring.proof')}
              description={t('consent.measuring.proofHint')}
              value={note}
              maxLength={500}
              onChange={(event) => setNote(event.currentTarget.value)}
              data-autofocus
              w="100%"
            />
            <Button type="submit" size="xs" disabled={disabled}>
              {t('consent.measuring.save')}
            </Button>
          </Stack>
        </form>
      )}
    </Stack>
  )
}
