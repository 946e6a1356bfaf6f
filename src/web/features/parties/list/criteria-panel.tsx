import { Button, Drawer, Group } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Criteria } from '#core/segments/criteria.ts'
import { Panel } from '../../../ui/panel.tsx'
import { LazyCriteriaBuilder } from '../../segments/criteria/lazy-builder.tsx'
import classes from '../parties.module.css'

type Props = {
  opened: boolean
  criteria: Criteria | undefined
  onChange: (criteria: Criteria | undefined) => void
  onClose: () => void
}

/** The criteria of the list: beside it where there is room, over it where there is not. */
export function CriteriaPanel({ opened, onClose, ...builder }: Props) {
  const { t } = useTranslation('parties')
  const wide = useMediaQuery('(min-width: 80em)', undefined, { getInitialValueInEffect: false })
  if (!wide)
    return (
      <Drawer
        opened={opened}
        onClose={onClose}
        position="right"
        size="min(440px, 100%)"
        title={t('criteria')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <Builder {...builder} />
      </Drawer>
    )
  if (!opened) return null
  return (
    <Panel title={t('criteria')} className={classes.side ?? ''}>
      <Builder {...builder} />
    </Panel>
  )
}

/** An unfinished criterion leaves the list as it is; taking all away is a button of its own. */
function Builder({ criteria, onChange }: Pick<Props, 'criteria' | 'onChange'>) {
  const { t } = useTranslation('parties')
  const [round, setRound] = useState(0)
  return (
    <>
      <LazyCriteriaBuilder
        key={round}
        value={criteria ?? null}
        onChange={(next) => next && onChange(next)}
      />
      <Group justify="flex-end" mt="sm">
        <Button
          variant="default"
          size="compact-sm"
          disabled={criteria === undefined}
          onClick={() => {
            onChange(undefined)
            setRound(round + 1)
          }}
        >
          {t('clearCriteria')}
        </Button>
      </Group>
    </>
  )
}
