import { Alert, Button, Checkbox, Group } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { createParty } from '#core/parties/api.ts'
import type { Values } from '#core/parties/change.ts'
import { PartyDraft } from '#core/parties/party.ts'
import { CallError, call } from '../../../platform/call.ts'
import { useUrlState } from '../../../platform/url-state.ts'
import { MayTip } from '../../../ui/may-tip.tsx'
import { Page } from '../../../ui/page.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { LeaveGuard } from '../../../ui/save-bar.tsx'
import { useMay } from '../../access/session.ts'
import { useCatalogue } from '../catalogue.ts'
import classes from '../parties.module.css'
import { Back } from './back.tsx'
import { CardForm } from './card-form.tsx'
import { useCardProblem } from './card-problem.ts'

/** A scanned card that is nobody's comes with its number. */
const State = z.object({ card: z.coerce.string().max(60).default('').catch('') })

/** A new card, started with the defaults of the settings. */
export function NewCustomerPage() {
  const { t } = useTranslation('parties')
  const { defaults } = useCatalogue()
  const [{ card }] = useUrlState(State)
  return (
    <Page>
      <Back />
      <PageHeader title={t('new')} subtitle={t('newHint')} />
      {defaults && (
        <NewForm key={card} start={startOf(defaults, card)} cityRequired={defaults.cityRequired} />
      )}
    </Page>
  )
}

type Defaults = NonNullable<ReturnType<typeof useCatalogue>['defaults']>

function startOf(
  { cityRequired: _city, createByScan: _scan, ...defaults }: Defaults,
  cardNumber: string,
): Values {
  return { nature: 'person', ...defaults, ...(cardNumber === '' ? {} : { cardNumber }) }
}

function NewForm({ start, cityRequired }: { start: Values; cityRequired: boolean }) {
  const { t } = useTranslation('parties')
  const navigate = useNavigate()
  const client = useQueryClient()
  const may = useMay('customers.create')
  const [values, setValues] = useState(start)
  const [missing, setMissing] = useState<Record<string, string>>({})
  const create = useMutation({
    mutationFn: (draft: PartyDraft) => call(createParty, draft),
    onSuccess: async (party) => {
      await client.invalidateQueries({ queryKey: ['parties'] })
      await navigate({ to: '/customers/$id', params: { id: String(party.id) } })
    },
  })
  const problem = useCardProblem(create.error instanceof CallError ? create.error : null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const parsed = PartyDraft.safeParse(draftOf(values))
    if (parsed.success) {
      setMissing({})
      create.mutate(parsed.data)
      return
    }
    const fields = parsed.error.issues.map(({ path }) => path.join('.'))
    setMissing(
      Object.fromEntries(
        fields.map((field) => [
          field,
          t(field === 'lastName' ? 'card.nameMissing' : 'card.invalid'),
        ]),
      ),
    )
  }
  return (
    <form onSubmit={submit} noValidate>
      <LeaveGuard active={values !== start && !create.isPending && !create.isSuccess} />
      <div className={classes.stack}>
        <CardForm
          values={values}
          onChange={(field, value) => setValues({ ...values, [field]: value })}
          disabled={!may}
          errors={{ ...problem.fields, ...missing }}
          required={cityRequired ? ['lastName', 'city'] : ['lastName']}
        />
        <Checkbox
          label={t('consent.channel.all')}
          checked={values.doNotContact === true}
          disabled={!may}
          onChange={(event) => setValues({ ...values, doNotContact: event.currentTarget.checked })}
        />
        {problem.text && (
          <Alert color="red" variant="light" role="alert">
            {problem.text}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => void navigate({ to: '/customers' })}>
            {t('cancel')}
          </Button>
          <MayTip may={may}>
            {(state) => (
              <Button type="submit" {...state} loading={create.isPending}>
                {t('card.create')}
              </Button>
            )}
          </MayTip>
        </Group>
      </div>
    </form>
  )
}

/** Fields and custom fields apart, and nothing for what was left empty. */
function draftOf(values: Values): unknown {
  const entries = Object.entries(values)
  const custom = entries.filter(([field, value]) => field.startsWith('custom.') && value !== null)
  return {
    ...Object.fromEntries(entries.filter(([field]) => !field.startsWith('custom.'))),
    custom: Object.fromEntries(custom.map(([field, value]) => [field.slice(7), value])),
  }
}
