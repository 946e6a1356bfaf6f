import { Alert, Button, Group, Modal, Select, Skeleton, Stack, Text } from '@mantine/core'
import { IconTemplate } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { listTemplates, type TemplateList } from '#core/operations/template-api.ts'
import { call } from '../../../platform/call.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { FieldError } from '../../../ui/field-error.tsx'

export function useTemplateList() {
  return useQuery({
    queryKey: ['operations', 'templates'],
    queryFn: ({ signal }) => call(listTemplates, {}, signal),
  })
}

type Props = {
  opened: boolean
  onClose: () => void
  title: string
  /** What can be chosen of the templates there are. */
  optionsOf: (templates: TemplateList) => { id: number; label: string }[]
  chosenId: number | null
  onChoose: (id: number | null) => void
  /** Of the template chosen: what would change. */
  children: ReactNode
  /** How many things would change. */
  changes: number
  error: string | undefined
  busy: boolean
  onLoad: () => void
}

/** First which template, then what of it; nothing changes before the button says how much will. */
export function LoadDialog(props: Props) {
  const { t } = useTranslation('operations')
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:ui.close') }}
    >
      {props.opened && <Choice {...props} />}
    </Modal>
  )
}

function Choice({ optionsOf, chosenId, onChoose, onClose, children, ...props }: Props) {
  const { t } = useTranslation('operations')
  const { data } = useTemplateList()
  if (!data) return <Skeleton height={120} />
  const options = optionsOf(data)
  if (options.length === 0) {
    return (
      <EmptyState
        plain
        icon={<IconTemplate size={36} stroke={1.3} />}
        title={t('load.none')}
        description={t('load.noneText')}
      />
    )
  }
  return (
    <Stack>
      <Select
        data-autofocus
        label={t('load.template')}
        placeholder={t('values.choose')}
        data={options.map(({ id, label }) => ({ value: String(id), label }))}
        value={chosenId === null ? null : String(chosenId)}
        onChange={(value) => onChoose(value === null ? null : Number(value))}
        searchable
      />
      {chosenId !== null && children}
      {props.error && <FieldError>{props.error}</FieldError>}
      {props.changes > 0 && (
        <Alert color="yellow" variant="light">
          <Text size="sm">{t('load.warning')}</Text>
        </Alert>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button disabled={props.changes === 0} loading={props.busy} onClick={props.onLoad}>
          {t('load.confirm', { count: props.changes })}
        </Button>
      </Group>
    </Stack>
  )
}
