import type { StatusMeaning } from '#core/campaigns/status.ts'
import type { TargetRow } from '#core/targets/target.ts'

/** The organisation's name, or the person's. */
export function nameOf({
  nature,
  company,
  lastName,
  firstName,
  code,
}: Pick<TargetRow, 'nature' | 'company' | 'lastName' | 'firstName' | 'code'>): string {
  const person = `${lastName} ${firstName}`.trim()
  const name = nature === 'person' ? person || company : company || person
  return name || code
}

export const colourOf = (meaning: string | undefined): string => {
  const colours: Record<StatusMeaning, string> = {
    'to-do': 'gray',
    'ok-continue': 'ok',
    'not-done-continue': 'cyan',
    'ok-stop': 'yellow',
    'not-done-stop': 'red',
  }
  return colours[meaning as StatusMeaning] ?? 'gray'
}
