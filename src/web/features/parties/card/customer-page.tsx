import { Alert, Badge, Button, Menu, Tabs } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDots, IconPrinter, IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { deleteParty, restoreParty } from '#core/parties/api.ts'
import { displayName, isOrganisation, type Party } from '#core/parties/party.ts'
import { printPhone } from '#core/parties/phone.ts'
import { call } from '../../../platform/call.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { useUrlState } from '../../../platform/url-state.ts'
import { MayTip } from '../../../ui/may-tip.tsx'
import { Page } from '../../../ui/page.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { SaveBar } from '../../../ui/save-bar.tsx'
import { useUndoToast } from '../../../ui/undo-toast.tsx'
import { useMay } from '../../access/session.ts'
import { useCatalogue } from '../catalogue.ts'
import classes from '../parties.module.css'
import { Back } from './back.tsx'
import { CardForm } from './card-form.tsx'
import { useCardProblem } from './card-problem.ts'
import { ConsentPanel } from './consent-panel.tsx'
import { TagsPanel } from './tags-panel.tsx'
import { useCardEdit, useParty, useRefreshParty } from './use-card.ts'

const AttachedPanel = lazy(async () => ({
  default: (await import('./attached-panel.tsx')).AttachedPanel,
}))
const FilesPanel = lazy(async () => ({
  default: (await import('./files-panel.tsx')).FilesPanel,
}))
const NotesPanel = lazy(async () => ({
  default: (await import('./notes-panel.tsx')).NotesPanel,
}))
const LabelsDialog = lazy(async () => ({
  default: (await import('../../labels/labels-dialog.tsx')).LabelsDialog,
}))
const ResetDialog = lazy(async () => ({
  default: (await import('./reset-dialog.tsx')).ResetDialog,
}))
const ConflictDialog = lazy(async () => ({
  default: (await import('./conflict-dialog.tsx')).ConflictDialog,
}))
const ListTabs = lazy(async () => ({
  default: (await import('./list-tabs.tsx')).ListTabs,
}))

const tabs = ['card', 'members', 'activities', 'answers', 'purchases', 'timeline'] as const
const State = z.object({ tab: z.enum(tabs).default('card').catch('card') })

/** The card of one customer. */
export function CustomerPage() {
  const { id } = useParams({ from: '/customers/$id' })
  const { data: party, error } = useParty(Number(id))
  const problemText = useProblemText()
  const navigate = useNavigate()
  const into = party?.mergedInto
  // The code of a merged card leads to the one that took its place.
  useEffect(() => {
    if (into) void navigate({ to: '/customers/$id', params: { id: String(into) }, replace: true })
  }, [into, navigate])
  if (error)
    return (
      <Page>
        <Alert color="red" variant="light" role="alert">
          {problemText(error)}
        </Alert>
      </Page>
    )
  if (!party || into) return <Page>{null}</Page>
  return <Card key={party.id} party={party} />
}

function Card({ party }: { party: Party }) {
  const { t } = useTranslation('parties')
  const [{ tab }, setState] = useUrlState(State)
  const mayActivities = useMay('activities.view')
  const shown = tabs.filter(
    (key) =>
      (key !== 'members' || isOrganisation(party)) && (key !== 'activities' || mayActivities),
  )
  return (
    <Page>
      <Back />
      <Head party={party} />
      <Tabs
        value={shown.includes(tab) ? tab : 'card'}
        onChange={(next) => setState({ tab: State.shape.tab.parse(next) })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {shown.map((key) => (
            <Tabs.Tab key={key} value={key}>
              {t(`tabs.${key}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="card">
          <CardTab party={party} />
        </Tabs.Panel>
        <Suspense>
          <ListTabs party={party} shown={shown} />
        </Suspense>
      </Tabs>
    </Page>
  )
}

function Head({ party }: { party: Party }) {
  const { t } = useTranslation('parties')
  const { kinds } = useCatalogue()
  const kind = kinds.find(({ code }) => code === party.kind)
  const place = [party.postalCode, party.city].filter(Boolean).join(' ')
  return (
    <PageHeader
      title={displayName(party)}
      badge={
        <>
          {kind && (
            <Badge variant="light" tt="none">
              {kind.label}
            </Badge>
          )}
          {party.doNotContact && (
            <Badge color="red" variant="light" tt="none">
              {t('card.doNotContact')}
            </Badge>
          )}
          {party.deletedAt && (
            <Badge color="gray" variant="filled" tt="none">
              {t('card.deleted')}
            </Badge>
          )}
        </>
      }
      subtitle={[party.code, place, party.email].filter(Boolean).join(' · ')}
      actions={<Actions party={party} />}
    />
  )
}

function Actions({ party }: { party: Party }) {
  const { t } = useTranslation('parties')
  const may = useMay('customers.write')
  const [labels, setLabels] = useState(false)
  const refresh = useRefreshParty(party.id)
  const navigate = useNavigate()
  const toast = useUndoToast()
  const problemText = useProblemText()
  const onError = (error: Error) =>
    notifications.show({ color: 'red', message: problemText(error) })
  const restore = async () => refresh(await call(restoreParty, { id: party.id }))
  const remove = useMutation({
    mutationFn: () => call(deleteParty, { id: party.id }),
    onSuccess: async () => {
      await navigate({ to: '/customers' })
      await refresh()
      toast({ message: t('card.removed', { name: displayName(party) }), undo: restore })
    },
    onError,
  })
  const back = useMutation({ mutationFn: restore, onError })
  if (party.deletedAt)
    return (
      <MayTip may={may}>
        {(state) => (
          <Button {...state} loading={back.isPending} onClick={() => back.mutate()}>
            {t('card.restore')}
          </Button>
        )}
      </MayTip>
    )
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button variant="default" leftSection={<IconDots size={17} />}>
            {t('card.actions')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPrinter size={16} />} onClick={() => setLabels(true)}>
            {t('card.label')}
          </Menu.Item>
          <Menu.Item
            color="red"
            disabled={!may}
            leftSection={<IconTrash size={16} />}
            onClick={() => remove.mutate()}
          >
            {t('card.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {labels && (
        <Suspense>
          <LabelsDialog people={{ ids: [party.id] }} onClose={() => setLabels(false)} />
        </Suspense>
      )}
    </>
  )
}

function CardTab({ party }: { party: Party }) {
  const may = useMay('customers.write')
  const edit = useCardEdit(party)
  const problem = useCardProblem(edit.error)
  const { defaults } = useCatalogue()
  return (
    <>
      <div className={classes.card}>
        <div className={classes.stack}>
          <CardForm
            values={edit.values}
            onChange={edit.set}
            disabled={!may || party.deletedAt !== null}
            errors={problem.fields}
            hints={usePhoneHints(party)}
            required={defaults?.cityRequired ? ['city'] : []}
          />
        </div>
        <div className={classes.stack}>
          <TagsPanel party={party} />
          <ConsentPanel party={party} />
          <Suspense>
            <AttachedPanel party={party} />
          </Suspense>
          <Suspense>
            <NotesPanel id={party.id} />
            <FilesPanel party={party} />
          </Suspense>
        </div>
      </div>
      <SaveBar
        dirty={edit.dirty}
        saving={edit.saving}
        onSave={edit.save}
        onReset={edit.discard}
        problem={problem.text}
      />
      {edit.reset.asked && (
        <Suspense>
          <ResetDialog reset={edit.reset} values={edit.values} />
        </Suspense>
      )}
      {edit.conflicts.length > 0 && (
        <Suspense>
          <ConflictDialog
            conflicts={edit.conflicts}
            onSettle={edit.settle}
            onClose={edit.dismiss}
          />
        </Suspense>
      )}
    </>
  )
}

/** How each phone was read, when that is not how it was typed. */
function usePhoneHints(party: Party): Record<string, string | undefined> {
  const { t } = useTranslation('parties')
  const hint = (typed: string, read: string | null) => {
    if (typed === '') return undefined
    if (read === null) return t('card.phoneUnread')
    return printPhone(read) === typed
      ? undefined
      : t('card.phoneRead', { number: printPhone(read) })
  }
  return {
    phone: hint(party.phone, party.phoneNumber),
    mobile: hint(party.mobile, party.mobileNumber),
  }
}
