import { Anchor, CloseButton, Group, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listContacts } from '#core/parties/contact-api.ts'
import { displayName } from '#core/parties/party.ts'
import { call } from '../../platform/call.ts'
import { useMay } from '../access/session.ts'
import { PartyPicker } from '../parties/party-picker.tsx'
import classes from './activities.module.css'
import { useActivityTables } from './activity-data.ts'
import { type FieldProps, isMandatory, shows } from './field-props.ts'

/** Whom it is about, and whose it is. */
export function WhoFields(props: FieldProps) {
  const { draft, set, type, disabled } = props
  const { t } = useTranslation('activities')
  const { people } = useActivityTables()
  return (
    <>
      {shows(type, 'party', draft.partyId !== null) && <PartyField {...props} />}
      <div className={classes.pair}>
        {draft.partyId !== null && <ContactField {...props} partyId={draft.partyId} />}
        {shows(type, 'owner', draft.ownerId !== null) && (
          <Select
            label={t('fields.owner')}
            data={people.map(({ id, name }) => ({ value: id, label: name }))}
            value={draft.ownerId}
            searchable
            clearable={!isMandatory(type, 'owner')}
            clearButtonProps={{ 'aria-label': t('clear') }}
            required={isMandatory(type, 'owner')}
            disabled={disabled}
            onChange={(ownerId) => set({ ownerId })}
          />
        )}
      </div>
    </>
  )
}

function PartyField({ draft, set, type, disabled }: FieldProps) {
  const { t } = useTranslation('activities')
  const maySee = useMay('customers.view')
  if (draft.partyId === null)
    return (
      <PartyPicker
        label={isMandatory(type, 'party') ? `${t('fields.party')} *` : t('fields.party')}
        placeholder={t('fields.partyHint')}
        disabled={disabled || !maySee}
        onPick={(party) =>
          set({ partyId: party.id, partyLabel: displayName(party), contactId: null })
        }
      />
    )
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <TextInput
        flex={1}
        label={t('fields.party')}
        value={draft.partyLabel}
        readOnly
        variant="filled"
        rightSection={
          !disabled && (
            <CloseButton
              size="sm"
              aria-label={t('fields.partyClear')}
              onClick={() => set({ partyId: null, partyLabel: '', contactId: null })}
            />
          )
        }
      />
      {maySee && (
        <Anchor
          size="sm"
          pb={8}
          renderRoot={(link) => (
            <Link to="/customers/$id" params={{ id: String(draft.partyId) }} {...link} />
          )}
        >
          {t('fields.partyOpen')}
        </Anchor>
      )}
    </Group>
  )
}

/** One of the people of the organisation; nothing to choose for an individual. */
function ContactField({ draft, set, disabled, partyId }: FieldProps & { partyId: number }) {
  const { t } = useTranslation('activities')
  const maySee = useMay('customers.view')
  const { data } = useQuery({
    queryKey: ['party', partyId, 'contacts'],
    queryFn: ({ signal }) => call(listContacts, { id: partyId }, signal),
    enabled: maySee,
  })
  const members = data?.members ?? []
  if (members.length === 0) return null
  return (
    <Select
      label={t('fields.contact')}
      data={members.map(({ party }) => ({ value: String(party.id), label: displayName(party) }))}
      value={draft.contactId === null ? null : String(draft.contactId)}
      clearable
      clearButtonProps={{ 'aria-label': t('clear') }}
      disabled={disabled}
      onChange={(id) => set({ contactId: id === null ? null : Number(id) })}
    />
  )
}
