import { Kbd, Modal, Switch, Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useShortcutsOn } from '../platform/shortcuts.ts'
import { useNav } from './use-nav.ts'

/** Every key of the app, and the switch that turns the single-letter ones off. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [on, setOn] = useShortcutsOn()
  const go = useNav().map(({ key, letter }) => ({
    keys: ['g', letter],
    what: t('keys.go', { page: t(`nav.${key}`) }),
  }))
  const everywhere = [
    { keys: ['Ctrl', 'K'], what: t('keys.palette') },
    { keys: ['Ctrl', 'S'], what: t('keys.save') },
    { keys: ['/'], what: t('keys.search') },
    { keys: ['?'], what: t('keys.help') },
    { keys: ['Esc'], what: t('keys.close') },
  ]
  const lists = [
    { keys: ['↑', '↓'], what: t('keys.rows') },
    { keys: ['Home', 'End'], what: t('keys.ends') },
    { keys: [t('keys.space')], what: t('keys.select') },
    { keys: [t('keys.enter')], what: t('keys.open') },
  ]
  const customers = [{ keys: ['F3', 'N'], what: t('keys.newCustomer') }]
  return (
    <Modal opened onClose={onClose} title={t('keys.title')}>
      <Switch
        mb="sm"
        label={t('keys.letters')}
        description={t('keys.lettersWhy')}
        checked={on}
        onChange={(event) => setOn(event.currentTarget.checked)}
      />
      <KeyTable title={t('keys.everywhere')} lines={[...everywhere, ...go]} />
      <KeyTable title={t('keys.inLists')} lines={lists} />
      <KeyTable title={t('keys.onCustomers')} lines={customers} />
    </Modal>
  )
}

type Line = { keys: string[]; what: string }

function KeyTable({ title, lines }: { title: string; lines: Line[] }) {
  return (
    <Table captionSide="top" verticalSpacing={5} mt="xs">
      <Table.Caption ta="left" fw={600}>
        {title}
      </Table.Caption>
      <Table.Tbody>
        {lines.map(({ keys, what }) => (
          <Table.Tr key={what}>
            <Table.Td>{what}</Table.Td>
            <Table.Td ta="right">
              {keys.map((key) => (
                <Kbd key={key} size="xs" ml={4}>
                  {key}
                </Kbd>
              ))}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
