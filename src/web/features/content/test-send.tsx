import { Button, Popover, Stack, Text, TextInput } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sendTest } from '#core/delivery/api.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { useActor, useMay } from '../access/session.ts'

type Props = {
  channel: 'email' | 'sms'
  stepId: number
  contentId: number
  partyId: number | null
  /** Nothing is wrong with the message. */
  ready: boolean
  /** What was typed is kept before the test is sent. */
  onBefore: () => Promise<unknown>
}

/** Sends the message to oneself, filled for the person of the preview; it counts nowhere. */
export function TestSend({ channel, stepId, contentId, partyId, ready, onBefore }: Props) {
  const { t } = useTranslation('content')
  const actor = useActor()
  const may = useMay('mailings.write')
  const problemText = useProblemText()
  const [to, setTo] = useState<string | null>(null)
  const address = to ?? (channel === 'email' ? (actor?.email ?? '') : '')
  const test = useMutation({
    mutationFn: async () => {
      await onBefore()
      return call(sendTest, { stepId, contentId, to: address, partyId })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    test.mutate()
  }
  return (
    <Popover width={300} position="bottom-end" trapFocus onClose={test.reset}>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconSend size={15} />}
          disabled={!may || !ready}
          title={ready ? '' : t('test.notReady')}
        >
          {t('test.button')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={submit}>
          <Stack gap="sm">
            <TextInput
              data-autofocus
              type={channel === 'email' ? 'email' : 'tel'}
              label={t(`test.to.${channel}`)}
              value={address}
              onChange={(event) => setTo(event.currentTarget.value)}
              required
            />
            {test.isError && <FieldError>{problemText(test.error)}</FieldError>}
            {test.isSuccess && (
              <Text size="sm" role="status">
                {t('test.done')}{' '}
                <Text component="span" size="xs" c="dimmed">
                  {test.data.answer}
                </Text>
              </Text>
            )}
            <Button type="submit" loading={test.isPending}>
              {t('test.send')}
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
