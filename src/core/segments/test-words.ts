/** What a test asks of a value, as the end of “whose … ”. */
import { fill, type Phrase } from './phrase.ts'
import type { DateTest, NumberTest, Period } from './tests.ts'

type Textual = { op: keyof Phrase['words']['text']; value?: string; values?: string[] }

export function textTest(
  test: Textual,
  { words, list }: Phrase,
  name: (value: string) => string,
): string {
  const join = test.op === 'all-of' ? 'and' : 'or'
  return fill(words.text[test.op], {
    value: name(test.value ?? ''),
    values: list(test.values ?? [], join, name),
  })
}

/** The bounds of a test as text, by the name of their place in the template. */
export function bounds(test: NumberTest, show: (value: number) => string): Record<string, string> {
  if ('value' in test) return { value: show(test.value) }
  return 'from' in test ? { from: show(test.from), to: show(test.to) } : {}
}

export function dateTest(
  test: DateTest,
  templates: Partial<Record<DateTest['op'], string>>,
  phrase: Phrase,
): string {
  const template = templates[test.op] ?? ''
  if ('day' in test) return fill(template, { day: phrase.day(test.day) })
  if ('from' in test)
    return fill(template, { from: phrase.day(test.from), to: phrase.day(test.to) })
  return 'n' in test ? fill(template, spans(test, phrase)) : template
}

export function spans({ n, unit }: { n: number; unit: string }, { words, plural, number }: Phrase) {
  const of = (from: Record<string, string>) => fill(plural(from, unit, n), { n: number(n) })
  return { span: of(words.span), last: of(words.last), next: of(words.next) }
}

export function windowText(window: Period, phrase: Phrase): string {
  const template = phrase.words.window[window.kind]
  if (window.kind === 'last' || window.kind === 'next') return fill(template, spans(window, phrase))
  if (window.kind === 'since') return fill(template, { from: phrase.day(window.from) })
  if (window.kind !== 'between') return template
  return fill(template, { from: phrase.day(window.from), to: phrase.day(window.to) })
}
