import { ActionIcon, Menu, ScrollArea, Tooltip } from '@mantine/core'
import { IconBraces } from '@tabler/icons-react'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { useMergeFields } from './use-merge-fields.ts'

type Props = { onInsert: (key: string) => void; disabled?: boolean }

/** The button that lists every merge field by group. */
export function InsertField({ onInsert, disabled = false }: Props) {
  const { t } = useTranslation('content')
  const { groups } = useMergeFields()
  return (
    <Menu position="bottom-end" withinPortal shadow="md">
      <Menu.Target>
        <Tooltip label={t('insertField')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('insertField')}
            disabled={disabled}
          >
            <IconBraces size={17} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <ScrollArea.Autosize mah={320} type="auto">
          {groups.map(({ group, fields }) => (
            <Fragment key={group}>
              <Menu.Label>{group}</Menu.Label>
              {fields.map(({ key, label }) => (
                <Menu.Item key={key} onClick={() => onInsert(key)}>
                  {label}
                </Menu.Item>
              ))}
            </Fragment>
          ))}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  )
}
