import { Button, Menu, Text } from '@mantine/core'
import { IconBookmark, IconCheck, IconDeviceFloppy, IconSettings } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SavedViewOf, Shown, ViewedList } from '#core/views/view.ts'
import { useViews } from './view-data.ts'

const ViewsDialog = lazy(async () => ({
  default: (await import('./views-dialog.tsx')).ViewsDialog,
}))

type Props<List extends ViewedList> = {
  list: List
  /** What the list shows now: what saving keeps. */
  shown: Shown[List]
  onApply: (state: Shown[List]) => void
  size?: 'xs' | 'sm'
}

/** The saved views of a list: to look through one, to keep what is shown, to put them in order. */
export function ViewMenu<List extends ViewedList>({ list, shown, onApply, size }: Props<List>) {
  const { t } = useTranslation('views')
  const views = useViews(list)
  const [dialog, setDialog] = useState(false)
  const own = views.filter(({ isOwn }) => isOwn)
  const shared = views.filter(({ isOwn }) => !isOwn)
  const isCurrent = ({ state }: { state: object }) =>
    JSON.stringify(state) === JSON.stringify(shown)
  const current = views.find(isCurrent)
  const item = (view: SavedViewOf<List>) => (
    <Menu.Item
      key={view.id}
      aria-current={isCurrent(view) || undefined}
      rightSection={isCurrent(view) && <IconCheck size={15} aria-hidden />}
      onClick={() => onApply(view.state)}
    >
      {view.name}
      {!view.isOwn && view.ownerName !== '' && (
        <Text size="xs" c="dimmed">
          {view.ownerName}
        </Text>
      )}
    </Menu.Item>
  )
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button
            variant={current ? 'light' : 'default'}
            size={size ?? 'sm'}
            leftSection={<IconBookmark size={16} />}
          >
            {current?.name ?? t('title')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
          {views.length === 0 && <Menu.Label>{t('none')}</Menu.Label>}
          {own.length > 0 && <Menu.Label>{t('own')}</Menu.Label>}
          {own.map(item)}
          {shared.length > 0 && <Menu.Label>{t('shared')}</Menu.Label>}
          {shared.map(item)}
          <Menu.Divider />
          <Menu.Item
            leftSection={
              views.length === 0 ? <IconDeviceFloppy size={16} /> : <IconSettings size={16} />
            }
            onClick={() => setDialog(true)}
          >
            {t(views.length === 0 ? 'save' : 'saveAndManage')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog && (
        <Suspense>
          <ViewsDialog list={list} shown={shown} onClose={() => setDialog(false)} />
        </Suspense>
      )}
    </>
  )
}
