import { Modal } from '@mantine/core'
import {
  IconAddressBook,
  IconFileSpreadsheet,
  IconStairs,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react'
import { type ComponentType, lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperationView, StepOfOperation } from '#core/operations/operation.ts'
import { useCatalogue } from '../../parties/catalogue.ts'
import classes from '../targets.module.css'
import { BySelection } from './by-selection.tsx'

/* What is not shown first comes when it is chosen. */
const ByFile = lazy(async () => ({ default: (await import('./by-file.tsx')).ByFile }))
const ByStep = lazy(async () => ({ default: (await import('./by-step.tsx')).ByStep }))

export type AddProps = {
  operation: OperationView
  step: StepOfOperation
  /** The addition's number: null when a job has yet to make it. */
  onAdded: (batch: number | null) => void
}

const ByContacts = (props: AddProps) => <BySelection {...props} who="contacts" />
const ByParties = (props: AddProps) => <BySelection {...props} who="parties" />

const methods: readonly { key: string; icon: TablerIcon; Form: ComponentType<AddProps> }[] = [
  { key: 'parties', icon: IconUsers, Form: ByParties },
  { key: 'contacts', icon: IconAddressBook, Form: ByContacts },
  { key: 'step', icon: IconStairs, Form: ByStep },
  { key: 'file', icon: IconFileSpreadsheet, Form: ByFile },
]

/** Who shall be in the step: four ways, each looked at before anybody is added. */
export function AddDialog({ onClose, ...props }: AddProps & { onClose: () => void }) {
  const { t } = useTranslation('targets')
  const [method, setMethod] = useState('parties')
  const { kinds } = useCatalogue()
  const { kinds: wanted } = props.operation
  const names = kinds.filter(({ code }) => wanted.includes(code)).map(({ label }) => label)
  const Form = methods.find(({ key }) => key === method)?.Form
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('add.title', { step: props.step.label })}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <fieldset className={classes.methods} aria-label={t('add.how')}>
        {methods.map(({ key, icon: Icon }) => (
          <button
            key={key}
            type="button"
            className={classes.method}
            aria-pressed={method === key}
            onClick={() => setMethod(key)}
          >
            <Icon size={20} stroke={1.7} aria-hidden />
            <strong>{t(`add.method.${key}`)}</strong>
            <span>{t(`add.methodText.${key}`)}</span>
          </button>
        ))}
      </fieldset>
      {wanted.length > 0 && (
        <p className={classes.kinds}>{t('add.kinds', { kinds: names.join(', ') })}</p>
      )}
      <Suspense>{Form && <Form {...props} />}</Suspense>
    </Modal>
  )
}
