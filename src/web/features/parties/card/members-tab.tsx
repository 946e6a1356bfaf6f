import { ActionIcon, Badge, Group, TextInput, Tooltip } from '@mantine/core'
import { IconArrowUp, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Link } from '#core/parties/contact.ts'
import { displayName, type Party } from '#core/parties/party.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { SimpleTable } from '../../../ui/simple-table.tsx'
import { useSorted } from '../../../ui/use-sorted.ts'
import { useMay } from '../../access/session.ts'
import classes from '../parties.module.css'
import { PartyPicker } from '../party-picker.tsx'
import { CardLink, Detach } from './contact-link.tsx'
import { useContacts } from './use-contacts.ts'

/** The people of an account customer or a company: who they are, what they do there, the main one first. */
export function MembersTab({ party }: { party: Party }) {
  const { t } = useTranslation('parties')
  const may = useMay('customers.write') && party.deletedAt === null
  const contacts = useContacts(party.id)
  const members = contacts.data?.members
  if (!members) return null
  return (
    <div className={classes.stack}>
      <Panel>
        <PartyPicker
          label={t('members.add')}
          placeholder={t('searchHint')}
          except={[party.id, ...members.map((link) => link.party.id)]}
          disabled={!may || contacts.busy}
          error={contacts.problem}
          onPick={(person) => contacts.attach({ id: party.id, personId: person.id })}
        />
      </Panel>
      {members.length === 0 ? (
        <EmptyState
          icon={<IconUsers size={22} />}
          title={t('members.none')}
          description={t('members.noneText')}
        />
      ) : (
        <Panel flush>
          <Members party={party} members={members} may={may} />
        </Panel>
      )}
    </div>
  )
}

const reachOf = ({ party }: Link) =>
  [party.email, party.mobile || party.phone, party.city].filter(Boolean).join(' · ')

const textOf = {
  name: ({ party }: Link) => displayName(party),
  function: (link: Link) => link.function,
  reach: reachOf,
}

type MembersProps = { party: Party; members: readonly Link[]; may: boolean }

function Members({ party, members, may }: MembersProps) {
  const { t } = useTranslation('parties')
  const sorted = useSorted(members, textOf)
  return (
    <SimpleTable
      label={t('tabs.members')}
      {...sorted}
      keyOf={(link) => link.party.id}
      rowHeader
      columns={[
        {
          key: 'name',
          header: t('columns.name'),
          sortable: true,
          cell: (link) => (
            <Group gap={8}>
              <CardLink party={link.party} />
              {link === members[0] && (
                <Badge variant="light" tt="none" size="sm">
                  {t('members.main')}
                </Badge>
              )}
              {link.party.doNotContact && (
                <Badge color="red" variant="light" tt="none" size="sm">
                  {t('card.doNotContact')}
                </Badge>
              )}
            </Group>
          ),
        },
        {
          key: 'function',
          header: t('members.function'),
          sortable: true,
          cell: (link) => <FunctionInput party={party} link={link} may={may} />,
        },
        {
          key: 'reach',
          header: t('sections.contact'),
          sortable: true,
          cell: reachOf,
        },
        {
          key: 'actions',
          header: t('settings.actions'),
          numeric: true,
          cell: (link) => <Actions party={party} link={link} members={members} may={may} />,
        },
      ]}
    />
  )
}

type LinkProps = { party: Party; link: Link; may: boolean }

/** Saved when it is left or with Enter. */
function FunctionInput({ party, link, may }: LinkProps) {
  const { t } = useTranslation('parties')
  const { attach } = useContacts(party.id)
  const [typed, setTyped] = useState(link.function)
  const save = () => {
    const wanted = typed.trim()
    if (wanted !== link.function)
      attach({ id: party.id, personId: link.party.id, function: wanted })
  }
  return (
    <TextInput
      size="xs"
      aria-label={t('members.functionOf', { name: displayName(link.party) })}
      placeholder={t('members.functionHint')}
      maxLength={120}
      disabled={!may}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => event.key === 'Enter' && save()}
    />
  )
}

function Actions({ party, link, members, may }: LinkProps & { members: readonly Link[] }) {
  const { t } = useTranslation('parties')
  const { attach } = useContacts(party.id)
  const name = displayName(link.party)
  const isMain = link === members[0]
  /** Before the first; everybody else keeps their place. */
  const makeMain = () =>
    attach({
      id: party.id,
      personId: link.party.id,
      position: (members[0]?.position ?? 0) - 1,
    })
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      <Tooltip label={t('members.makeMain')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('members.makeMainNamed', { name })}
          disabled={!may || isMain}
          onClick={makeMain}
        >
          <IconArrowUp size={17} />
        </ActionIcon>
      </Tooltip>
      <Detach organisationId={party.id} link={link} personId={link.party.id} may={may} />
    </Group>
  )
}
