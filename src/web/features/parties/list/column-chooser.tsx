import { Button, Checkbox, Popover, Stack } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

type Props = {
  all: readonly { key: string; header: string }[]
  shown: readonly string[]
  onChange: (shown: string[]) => void
}

/** Which columns the list shows; the name always stands first. */
export function ColumnChooser({ all, shown, onChange }: Props) {
  const { t } = useTranslation('parties')
  return (
    <Popover position="bottom-end" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={17} />}>
          {t('columns.choose')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('columns.choose')}>
        <Checkbox.Group value={[...shown]} onChange={onChange} label={t('columns.shown')}>
          <Stack gap={8} mt={8}>
            {all.map(({ key, header }) => (
              <Checkbox key={key} value={key} label={header} disabled={key === 'name'} size="xs" />
            ))}
          </Stack>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  )
}
