import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getParty, undoPartyChange, updateParty } from '#core/parties/api.ts'
import {
  applyChanges,
  type Changes,
  type Conflict,
  changesBetween,
  type Values,
  valuesOf,
} from '#core/parties/change.ts'
import { figuresLost } from '#core/parties/loyalty.ts'
import type { Party } from '#core/parties/party.ts'
import { CallError, call } from '../../../platform/call.ts'
import { useUndoToast } from '../../../ui/undo-toast.tsx'

export const partyKey = (id: number) => ['party', id] as const

export function useParty(id: number) {
  return useQuery({
    queryKey: [...partyKey(id), 'card'],
    queryFn: ({ signal }) => call(getParty, { id }, signal),
  })
}

/** After any change: the card, its history and the list are read again. */
export function useRefreshParty(id: number): (party?: Party) => Promise<unknown> {
  const client = useQueryClient()
  return (party) => {
    if (party) client.setQueryData([...partyKey(id), 'card'], party)
    return Promise.all([
      client.invalidateQueries({ queryKey: partyKey(id) }),
      client.invalidateQueries({ queryKey: ['parties'] }),
    ])
  }
}

type Wanted = { wanted: Changes; resetsCard: boolean }

/** What is typed, against the card as it was when typing began; saved field by field. */
export function useCardEdit(party: Party) {
  const { t } = useTranslation('parties')
  const refresh = useRefreshParty(party.id)
  const toast = useUndoToast()
  const [base, setBase] = useState(() => valuesOf(party))
  const [draft, setDraft] = useState<Values>(base)
  const [conflicts, setConflicts] = useState<Conflict[]>([])
  const changes = changesBetween(base, draft)
  const lost = figuresLost(base, changes)
  const warning = useWarning()
  const dirty = Object.keys(changes).length > 0
  // Nothing typed: the page shows the card as it is now.
  const shown = dirty ? draft : { ...valuesOf(party) }

  const start = (values: Values) => {
    setBase(values)
    setDraft(values)
    setConflicts([])
  }
  const save = useMutation({
    mutationFn: ({ wanted, resetsCard }: Wanted) =>
      call(updateParty, { id: party.id, changes: wanted, resetsCard }),
    onSuccess: async ({ party: saved, changeId }) => {
      start(valuesOf(saved))
      await refresh(saved)
      if (changeId === null) return
      toast({
        message: t('card.saved'),
        undo: async () => {
          const back = await call(undoPartyChange, { id: party.id, changeId })
          start(valuesOf(back))
          await refresh(back)
        },
      })
    },
    onError: async (error, { wanted }) => {
      if (!(error instanceof CallError) || error.problem.code !== 'parties/changed-meanwhile')
        return
      const outcome = applyChanges(valuesOf(await call(getParty, { id: party.id })), wanted)
      if ('conflicts' in outcome) setConflicts(outcome.conflicts)
    },
  })

  return {
    values: shown,
    dirty,
    saving: save.isPending,
    error: conflicts.length > 0 ? null : save.error,
    conflicts,
    set: (field: string, value: Values[string]) => {
      if (!dirty) setBase(valuesOf(party))
      setDraft({ ...(dirty ? draft : valuesOf(party)), [field]: value })
    },
    discard: () => {
      save.reset()
      start(valuesOf(party))
    },
    save: () =>
      lost.length > 0 ? warning.ask() : save.mutate({ wanted: changes, resetsCard: false }),
    reset: { ...warning, lost, confirm: () => save.mutate({ wanted: changes, resetsCard: true }) },
    /** Sends again with the fields that the user decides for their own value, the others left as they are. */
    settle: (mine: readonly string[]) => {
      setConflicts([])
      save.mutate({ wanted: decided(changes, conflicts, mine), resetsCard: lost.length > 0 })
    },
    dismiss: () => setConflicts([]),
  }
}

/** The warning before a save that resets the loyalty card. */
function useWarning() {
  const [asked, setAsked] = useState(false)
  return { asked, ask: () => setAsked(true), refuse: () => setAsked(false) }
}

/** The changes after the user decided each conflict: those not kept stay as the other person left them. */
function decided(
  changes: Changes,
  conflicts: readonly Conflict[],
  mine: readonly string[],
): Changes {
  const theirs = new Map(conflicts.map(({ field, theirs: value }) => [field, value]))
  const kept = Object.entries(changes).filter(
    ([field]) => !theirs.has(field) || mine.includes(field),
  )
  return Object.fromEntries(
    kept.map(([field, change]) => [
      field,
      theirs.has(field) ? { ...change, from: theirs.get(field) ?? null } : change,
    ]),
  )
}
