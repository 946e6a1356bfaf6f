import { Button, Skeleton, Stack, Text } from '@mantine/core'
import { IconBuildingStore } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getDemo, removeDemo } from '#core/demo/api.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { ConfirmTyped } from '../../ui/confirm-typed.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FieldError } from '../../ui/field-error.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useMay } from '../access/session.ts'

const demoKey = ['demo']

/** Where the demo shop is taken away before the real work begins. */
export function DemoPage() {
  const { t } = useTranslation('demo')
  const problemText = useProblemText()
  const demo = useQuery({ queryKey: demoKey, queryFn: () => call(getDemo, {}) })
  return (
    <Page>
      <PageHeader title={t('title')} />
      <FieldError>{demo.error && problemText(demo.error)}</FieldError>
      {demo.isPending && <Skeleton height={120} aria-busy />}
      {demo.data?.filledAt === null && (
        <EmptyState
          icon={<IconBuildingStore size={28} />}
          title={t('none.title')}
          description={t('none.text')}
        />
      )}
      {demo.data?.filledAt && (
        <Present filledAt={demo.data.filledAt} customers={demo.data.customers} />
      )}
    </Page>
  )
}

function Present({ filledAt, customers }: { filledAt: string; customers: number }) {
  const { t } = useTranslation('demo')
  const format = useFormat()
  const may = useMay('settings.manage')
  const problemText = useProblemText()
  const [asking, setAsking] = useState(false)
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => call(removeDemo, { customers }),
    onSuccess: () => client.resetQueries(),
    onError: () => client.invalidateQueries({ queryKey: demoKey }),
    onSettled: () => setAsking(false),
  })
  const count = format.integer(customers)
  return (
    <Panel>
      <Stack align="flex-start">
        <Text>{t('since', { day: format.day(filledAt), count: customers, n: count })}</Text>
        <Text>{t('what')}</Text>
        <FieldError>{remove.error && problemText(remove.error)}</FieldError>
        <MayTip may={may}>
          {(state) => (
            <Button color="red" variant="light" onClick={() => setAsking(true)} {...state}>
              {t('remove')}
            </Button>
          )}
        </MayTip>
      </Stack>
      <ConfirmTyped
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('confirm.title')}
        number={customers}
        action={t('remove')}
        onConfirm={() => remove.mutate()}
        busy={remove.isPending}
        danger
      >
        {t('confirm.text', { count: customers, n: count })}
      </ConfirmTyped>
    </Panel>
  )
}
