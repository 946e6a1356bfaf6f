/** Who enters a step, in one sentence. */
import { inFrench } from '../kernel/french-spaces.ts'
import type { Locale } from '../kernel/values.ts'
import { describeFormula, type Formula } from './formula.ts'
import en from './words/en.json' with { type: 'json' }
import fr from './words/fr.json' with { type: 'json' }

const french = inFrench(fr)

/** `clauses` say each condition by its code, as “who answered “yes” to …”. Without conditions the status decides (D-122). */
export function entrySentence(
  formula: Formula,
  clauses: ReadonlyMap<string, string>,
  locale: Locale,
): string {
  const words = locale === 'fr' ? french : en
  if (clauses.size === 0) return words.unguarded
  const who = describeFormula(formula, (code) => clauses.get(code) ?? code, words.joints)
  return words.guarded.replace('{who}', () => who)
}
