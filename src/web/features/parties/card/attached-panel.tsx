import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { isOrganisation, type Party } from '#core/parties/party.ts'
import { Panel } from '../../../ui/panel.tsx'
import { useMay } from '../../access/session.ts'
import classes from '../parties.module.css'
import { PartyPicker } from '../party-picker.tsx'
import { CardLink, Detach } from './contact-link.tsx'
import { useContacts } from './use-contacts.ts'

/** The account customers and companies this customer belongs to, found by their code or name. */
export function AttachedPanel({ party }: { party: Party }) {
  const { t } = useTranslation('parties')
  const may = useMay('customers.write') && party.deletedAt === null
  const contacts = useContacts(party.id)
  const organisations = contacts.data?.organisations ?? []
  return (
    <Panel title={t('members.attachedTo')}>
      <Stack gap="xs">
        {organisations.map((link) => (
          <div key={link.party.id} className={classes.attached}>
            <div>
              <CardLink party={link.party} />
              <Text size="xs" c="dimmed">
                {[link.party.code, t(`nature.${link.party.nature}`), link.function]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
            </div>
            <Detach organisationId={link.party.id} personId={party.id} link={link} may={may} />
          </div>
        ))}
        <PartyPicker
          label={t('members.attach')}
          placeholder={t('members.attachHint')}
          except={[party.id, ...organisations.map((link) => link.party.id)]}
          accept={isOrganisation}
          disabled={!may || contacts.busy}
          error={contacts.problem}
          onPick={(organisation) => contacts.attach({ id: organisation.id, personId: party.id })}
        />
      </Stack>
    </Panel>
  )
}
