import { useForm } from '@mantine/form'
import { type Relay, RelayDraft } from '#core/delivery/relay.ts'
import { type RelayValues, toDraft, toValues } from './relay-values.ts'

/** The form of a relay, checked by the schema that the server uses; `word` stands at each field it refuses. */
export function useRelayForm(relay: Relay | undefined, channel: Relay['channel'], word: string) {
  return useForm<RelayValues>({
    initialValues: toValues(relay, channel),
    validate: (values) => problemsOf(values, channel, word),
  })
}

export type RelayFormApi = ReturnType<typeof useRelayForm>

function problemsOf(values: RelayValues, channel: Relay['channel'], word: string) {
  const parsed = RelayDraft.safeParse(toDraft(values, channel))
  if (parsed.success) return {}
  return Object.fromEntries(parsed.error.issues.map(({ path }) => [path.join('.'), word]))
}
