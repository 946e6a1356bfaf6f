import { Alert, Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconBarcode } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { findPartiesByCard } from '#core/parties/api.ts'
import { call } from '../../../platform/call.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { useShortcuts } from '../../../platform/shortcuts.ts'
import { FieldError } from '../../../ui/field-error.tsx'
import { MayTip } from '../../../ui/may-tip.tsx'
import { useMay } from '../../access/session.ts'
import { useCatalogue } from '../catalogue.ts'
import { useScanner } from './use-scanner.ts'

/** F3, the key of the till for a new customer; the browser keeps it where nothing may be created. */
export function useNewCustomerKey(): void {
  const navigate = useNavigate()
  const create = () => {
    if (document.querySelector('[role="dialog"]') === null) void navigate({ to: '/customers/new' })
  }
  // The empty list of ignored elements: it works from the search field too.
  const may = useMay('customers.create')
  useHotkeys(may ? [['F3', create]] : [], [])
  useShortcuts(may ? { n: create } : {})
}

/** Opens the customer whose card is scanned, here or straight into the page, or offers a new one with its number. */
export function ScanCard() {
  const { t } = useTranslation('parties')
  const [asked, setAsked] = useState(false)
  const scan = useScan()
  useScanner(scan.find)
  const close = () => {
    setAsked(false)
    scan.reset()
  }
  const number = scan.unknown
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconBarcode size={17} />}
        onClick={() => setAsked(true)}
      >
        {t('scan.title')}
      </Button>
      <Modal
        opened={asked || number !== undefined || scan.error !== null}
        onClose={close}
        title={t('scan.title')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <Stack>
          <NumberForm key={number} start={number ?? ''} busy={scan.busy} onFind={scan.find} />
          {number !== undefined && <Unknown number={number} />}
          <FieldError>{scan.error}</FieldError>
        </Stack>
      </Modal>
    </>
  )
}

/** Looks a card number up: one customer is opened, several are listed, none is `unknown`. */
function useScan() {
  const navigate = useNavigate()
  const problemText = useProblemText()
  const look = useMutation({
    mutationFn: (number: string) => call(findPartiesByCard, { number }),
    onSuccess: async ({ ids }, number) => {
      const [id, ...others] = ids
      if (id === undefined) return
      if (others.length === 0) await navigate({ to: '/customers/$id', params: { id: String(id) } })
      else {
        look.reset()
        await navigate({ to: '/customers', search: { search: number } })
      }
    },
  })
  return {
    find: (number: string) => look.mutate(number),
    reset: look.reset,
    busy: look.isPending,
    unknown: look.data?.ids.length === 0 ? look.variables : undefined,
    error: look.error ? problemText(look.error) : null,
  }
}

type FormProps = { start: string; busy: boolean; onFind: (number: string) => void }

function NumberForm({ start, busy, onFind }: FormProps) {
  const { t } = useTranslation('parties')
  const [number, setNumber] = useState(start)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (number.trim() !== '') onFind(number.trim())
  }
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" wrap="nowrap">
        <TextInput
          data-autofocus
          flex={1}
          label={t('fields.cardNumber')}
          description={t('scan.text')}
          maxLength={60}
          autoComplete="off"
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
        <Button type="submit" loading={busy}>
          {t('scan.find')}
        </Button>
      </Group>
    </form>
  )
}

/** The number is nobody's: a new card with it, where the settings and the rights allow. */
function Unknown({ number }: { number: string }) {
  const { t } = useTranslation('parties')
  const may = useMay('customers.create')
  const navigate = useNavigate()
  const { defaults } = useCatalogue()
  return (
    <Alert color="yellow" variant="light" role="alert" title={t('scan.unknown', { number })}>
      {defaults?.createByScan ? (
        <MayTip may={may}>
          {(state) => (
            <Button
              {...state}
              mt={4}
              onClick={() => void navigate({ to: '/customers/new', search: { card: number } })}
            >
              {t('scan.create')}
            </Button>
          )}
        </MayTip>
      ) : (
        t('scan.off')
      )}
    </Alert>
  )
}
