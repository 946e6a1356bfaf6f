import { Anchor, Button } from '@mantine/core'
import { IconUnlink } from '@tabler/icons-react'
import { Link as PageLink } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Link } from '#core/parties/contact.ts'
import { displayName } from '#core/parties/party.ts'
import { useUndoToast } from '../../../ui/undo-toast.tsx'
import { useContacts } from './use-contacts.ts'

/** The name of a card, leading to it. */
export function CardLink({ party }: { party: Link['party'] }) {
  return (
    <Anchor
      inherit
      renderRoot={(props) => (
        <PageLink to="/customers/$id" params={{ id: String(party.id) }} {...props} />
      )}
    >
      {displayName(party)}
    </Anchor>
  )
}

type DetachProps = { organisationId: number; personId: number; link: Link; may: boolean }

/** Takes the link away; the toast puts it back with its function and place. */
export function Detach({ organisationId, personId, link, may }: DetachProps) {
  const { t } = useTranslation('parties')
  const { detach, again } = useContacts(organisationId)
  const toast = useUndoToast()
  const pair = { id: organisationId, personId }
  const name = displayName(link.party)
  const run = async () => {
    await detach(pair)
    const { function: held, position } = link
    toast({
      message: t('members.detached', { name }),
      undo: () => again({ ...pair, function: held, position }),
    })
  }
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      leftSection={<IconUnlink size={15} />}
      aria-label={t('members.detachNamed', { name })}
      disabled={!may}
      onClick={() => void run()}
    >
      {t('members.detach')}
    </Button>
  )
}
