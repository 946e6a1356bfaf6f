import { Badge, Button, Group, NumberInput, Popover, Progress, Text } from '@mantine/core'
import { IconCalculator, IconPencil, IconTemplate } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { updateOperation } from '#core/operations/api.ts'
import {
  OperationDraft,
  type OperationMeaning,
  type OperationView,
} from '#core/operations/operation.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useMay } from '../access/session.ts'
import { useOperationAction, useTables } from './operation-data.ts'
import classes from './operations.module.css'
import { LoadOperation } from './templates/load-operation.tsx'

const colours = {
  preparing: 'gray',
  'in-progress': 'brand',
  finished: 'ok',
} as const satisfies Record<OperationMeaning, string>

/** What the operation is and where it stands, above its tabs. */
export function OperationHead({ operation }: { operation: OperationView }) {
  const { t } = useTranslation('operations')
  const { instant } = useFormat()
  const { stateOf, people } = useTables()
  const { startsAt, endsAt, place, ownerId } = operation
  const owner = people.find(({ id }) => id === ownerId)?.name
  const dates =
    startsAt && endsAt
      ? t('dates.both', { from: instant(startsAt), to: instant(endsAt) })
      : startsAt
        ? t('dates.from', { from: instant(startsAt) })
        : endsAt
          ? t('dates.to', { to: instant(endsAt) })
          : t('dates.none')
  const facts = [operation.code, dates, owner, place].filter(Boolean).join(' · ')
  return (
    <PageHeader
      title={operation.label}
      badge={
        <Group gap={6}>
          <Badge variant="light" color={colours[operation.state]}>
            {stateOf('operation', operation.stateCode)?.label ?? operation.stateCode}
          </Badge>
          {operation.isTemplate && (
            <Badge variant="outline" color="brand">
              {t('template')}
            </Badge>
          )}
        </Group>
      }
      subtitle={facts}
      actions={<HeadActions operation={operation} />}
    />
  )
}

function HeadActions({ operation }: { operation: OperationView }) {
  const { t } = useTranslation('operations')
  const may = useMay('mailings.write')
  const [loading, setLoading] = useState(false)
  return (
    <>
      <MayTip may={may}>
        {(state) => (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconTemplate size={15} />}
            onClick={() => setLoading(true)}
            {...state}
          >
            {t('load.operation')}
          </Button>
        )}
      </MayTip>
      <OperationProgress operation={operation} />
      <LoadOperation operation={operation} opened={loading} onClose={() => setLoading(false)} />
    </>
  )
}

/** Percent of the people that are done with, or as somebody says it is (D-31, L-8). */
function OperationProgress({ operation }: { operation: OperationView }) {
  const { t } = useTranslation('operations')
  const { percent } = useFormat()
  const may = useMay('mailings.write')
  const [opened, setOpened] = useState(false)
  const { progress, progressNow } = operation
  const text = percent(progressNow / 100)
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" withArrow trapFocus>
      <div className={classes.progress}>
        <Group gap={6} justify="space-between" wrap="nowrap">
          <Text size="sm" fw={560}>
            {t(progress === null ? 'progress.computed' : 'progress.manual', { percent: text })}
          </Text>
          {may && (
            <Popover.Target>
              <Button
                size="compact-xs"
                variant="subtle"
                leftSection={<IconPencil size={13} aria-hidden />}
                onClick={() => setOpened(!opened)}
              >
                {t('progress.change')}
              </Button>
            </Popover.Target>
          )}
        </Group>
        <Progress value={progressNow} aria-label={t('progress.label')} mt={4} />
      </div>
      <Popover.Dropdown>
        <ProgressForm operation={operation} onDone={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

function ProgressForm({ operation, onDone }: { operation: OperationView; onDone: () => void }) {
  const { t } = useTranslation('operations')
  const problemText = useProblemText()
  const [typed, setTyped] = useState<number | string>(operation.progressNow)
  const save = useOperationAction((progress: number | null) =>
    call(updateOperation, {
      ...OperationDraft.parse(operation),
      id: operation.id,
      version: operation.version,
      progress,
    }),
  )
  const put = (progress: number | null) => save.mutate(progress, { onSuccess: onDone })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        put(Math.round(Number(typed)) || 0)
      }}
    >
      <NumberInput
        label={t('progress.typed')}
        value={typed}
        onChange={setTyped}
        min={0}
        max={100}
        clampBehavior="strict"
        suffix=" %"
        data-autofocus
      />
      {save.isError && <FieldError>{problemText(save.error)}</FieldError>}
      <Group gap="xs" mt="sm" justify="flex-end">
        {operation.progress !== null && (
          <Button
            variant="default"
            leftSection={<IconCalculator size={15} />}
            onClick={() => put(null)}
            disabled={save.isPending}
          >
            {t('progress.back')}
          </Button>
        )}
        <Button type="submit" loading={save.isPending}>
          {t('progress.save')}
        </Button>
      </Group>
    </form>
  )
}
