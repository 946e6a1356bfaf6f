import { Button, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Preview } from '#core/content/api.ts'
import type { SmsContent } from '#core/content/content.ts'
import { simplifySms, withStop } from '#core/content/sms.ts'
import { countSms, forcingUcs2 } from '#core/content/sms-parts.ts'
import { Panel } from '../../ui/panel.tsx'
import classes from './content.module.css'
import { FieldInput } from './field-input.tsx'
import { ProblemList } from './problem-list.tsx'

type Props = {
  value: SmsContent
  onChange: (value: SmsContent) => void
  disabled: boolean
  problems: Preview['problems']
  /** What the gateway adds to a text that does not speak of STOP. */
  stopText: string
}

/** A text message: its length as written, and the characters that make it dearer. */
export function SmsEditor({ value, onChange, disabled, problems, stopText }: Props) {
  const { t } = useTranslation('content')
  const { text } = value
  const whole = withStop(text, stopText)
  const { encoding, length, parts, room } = countSms(whole)
  const dear = forcingUcs2(text)
  const set = (next: string) => onChange({ ...value, text: next })
  return (
    <Panel>
      <Stack gap="sm">
        <FieldInput
          label={t('sms.text')}
          description={t('sms.textHelp')}
          value={text}
          onChange={set}
          maxLength={2_000}
          disabled={disabled}
          multiline
        />
        <Group justify="space-between" gap="xs">
          <Text size="sm" role="status">
            {t('sms.count', { count: parts, length, room })}
          </Text>
          {whole !== text && (
            <Text size="xs" c="dimmed">
              {t('sms.withStop', { stop: stopText })}
            </Text>
          )}
          <Text size="xs" c="dimmed">
            {t(`sms.encoding.${encoding}`)}
          </Text>
        </Group>
        {dear.length > 0 && (
          <div className={classes.dear}>
            <Text size="sm">
              {t('sms.dear')}{' '}
              {dear.slice(0, 20).map((character) => (
                <mark key={character} className={classes.dearMark}>
                  {character.trim() === '' ? t('sms.space') : character}
                </mark>
              ))}
            </Text>
            {forcingUcs2(simplifySms(text)).length < dear.length && !disabled && (
              <Button size="compact-sm" variant="default" onClick={() => set(simplifySms(text))}>
                {t('sms.simplify')}
              </Button>
            )}
          </div>
        )}
        <ProblemList problems={problems} />
      </Stack>
    </Panel>
  )
}
