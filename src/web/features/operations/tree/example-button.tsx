import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconSparkles } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { createFolder, createOperation } from '#core/operations/api.ts'
import { call } from '../../../platform/call.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { MayTip } from '../../../ui/may-tip.tsx'
import { useRefreshTree } from './tree-data.ts'

/** Trade fairs by place, with an empty sub-title (D-18): something to look at before there is anything of one's own. */
export function ExampleButton({ mayWrite }: { mayWrite: boolean }) {
  const { t } = useTranslation('operations')
  const problemText = useProblemText()
  const refresh = useRefreshTree()
  const create = useMutation({
    mutationFn: async () => {
      const fairs = await call(createFolder, { label: t('tree.example.fairs') })
      const paris = await call(createFolder, {
        label: t('tree.example.paris'),
        parentId: fairs.id,
      })
      await call(createFolder, { label: t('tree.example.regions'), parentId: fairs.id })
      for (const year of [2010, 2011])
        await call(createOperation, {
          label: t('tree.example.fair', { year }),
          folderId: paris.id,
        })
    },
    onError: (error) => notifications.show({ color: 'red', message: problemText(error) }),
    onSettled: refresh,
  })
  return (
    <MayTip may={mayWrite}>
      {(tip) => (
        <Button
          variant="default"
          leftSection={<IconSparkles size={16} />}
          loading={create.isPending}
          onClick={() => create.mutate()}
          {...tip}
        >
          {t('tree.empty.example')}
        </Button>
      )}
    </MayTip>
  )
}
