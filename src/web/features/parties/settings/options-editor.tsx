import { Button, CloseButton, Group, Stack, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CustomFieldDraft } from '#core/parties/custom-field.ts'

type Option = CustomFieldDraft['options'][number]

type Props = {
  options: readonly Option[]
  keyFrom: (label: string) => string
  onChange: (options: Option[]) => void
}

/** What there is to choose. A new choice is known by its first label, so renaming it later loses nothing. */
export function OptionsEditor({ options, keyFrom, onChange }: Props) {
  const { t } = useTranslation('parties')
  const set = (at: number, patch: Partial<Option>) =>
    onChange(options.map((option, index) => (index === at ? { ...option, ...patch } : option)))
  const fresh = () => {
    const taken = new Set(options.map(({ value }) => value))
    let number = options.length + 1
    while (taken.has(`choice_${number}`)) number++
    return { value: `choice_${number}`, labelFr: '', labelEn: '' }
  }
  const rename = (at: number, labelFr: string) => {
    const option = options[at]
    if (!option) return
    const followed = option.labelEn === option.labelFr
    const unnamed = option.value.startsWith('choice_') || option.value === keyFrom(option.labelFr)
    const taken = options.some(({ value }, index) => index !== at && value === keyFrom(labelFr))
    set(at, {
      labelFr,
      ...(followed ? { labelEn: labelFr } : {}),
      ...(unnamed && keyFrom(labelFr) && !taken ? { value: keyFrom(labelFr) } : {}),
    })
  }
  return (
    <Stack gap={6}>
      {options.map((option, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: its value follows what is typed, its place does not
        <Group key={at} gap={6} wrap="nowrap">
          <TextInput
            flex={1}
            required
            aria-label={t('settings.optionFr', { n: at + 1 })}
            placeholder={t('settings.labelFr')}
            value={option.labelFr}
            onChange={(event) => rename(at, event.currentTarget.value)}
          />
          <TextInput
            flex={1}
            required
            aria-label={t('settings.optionEn', { n: at + 1 })}
            placeholder={t('settings.labelEn')}
            value={option.labelEn}
            onChange={(event) => set(at, { labelEn: event.currentTarget.value })}
          />
          <CloseButton
            aria-label={t('deleteNamed', { name: option.labelFr })}
            onClick={() => onChange(options.filter((_, index) => index !== at))}
          />
        </Group>
      ))}
      <div>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={15} />}
          onClick={() => onChange([...options, fresh()])}
        >
          {t('settings.addOption')}
        </Button>
      </div>
    </Stack>
  )
}
