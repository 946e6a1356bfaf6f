import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inFrench } from '#core/kernel/french-spaces.ts'
import { jobs } from '../../src/server/worker.ts'
import { readCatalogues } from '../e2e/support/texts.ts'

type Texts = Map<string, string>

const core = join(import.meta.dirname, '../../src/core')

const plural = /_(zero|one|two|few|many|other)$/

/** Every text of a catalogue by its path: `nav.today`. */
function flatten(catalogue: object, prefix = ''): Texts {
  const texts: Texts = new Map()
  for (const [name, value] of Object.entries(catalogue)) {
    if (typeof value === 'string') texts.set(`${prefix}${name}`, value)
    else for (const [key, text] of flatten(value, `${prefix}${name}.`)) texts.set(key, text)
  }
  return texts
}

const base = (key: string) => key.replace(plural, '')
const basesOf = (texts: Texts) => [...new Set([...texts.keys()].map(base))].sort()

/** What a message fills in, over all its plural forms; `count` may be left to the form. */
function fills(texts: Texts, key: string): string[] {
  const forms = [...texts].filter(([name]) => base(name) === key).map(([, text]) => text)
  const names = forms.flatMap((text) =>
    [...text.matchAll(/{{\s*([\w.]+)/g)].map(([, name = '']) => name),
  )
  return [...new Set(names)].filter((name) => name !== 'count').sort()
}

/** The plural forms that a language needs and a message lacks. */
function missingForms(texts: Texts, forms: string[]): string[] {
  const plurals = new Set([...texts.keys()].filter((key) => plural.test(key)).map(base))
  return [...plurals].flatMap((key) =>
    forms.map((form) => `${key}_${form}`).filter((name) => !texts.has(name)),
  )
}

const all = { fr: readCatalogues('fr'), en: readCatalogues('en') }

describe.each(Object.keys(all.fr))('the catalogue %s', (name) => {
  const fr = flatten(all.fr[name] ?? {})
  const en = flatten(all.en[name] ?? {})

  it('says the same things in French and in English', () => {
    expect(basesOf(fr)).toEqual(basesOf(en))
  })

  it('fills in the same values in both', () => {
    for (const key of basesOf(fr)) expect([key, fills(fr, key)]).toEqual([key, fills(en, key)])
  })

  it('has every plural form: French counts millions apart', () => {
    expect(missingForms(fr, ['one', 'many', 'other'])).toEqual([])
    expect(missingForms(en, ['one', 'other'])).toEqual([])
  })

  it('leaves no text empty and uses the apostrophes, quotes and dots of print', () => {
    const ofPrint = (text: string) => text.replaceAll(/<[^>]*>|{{[^}]*}}/g, '')
    const bad = [...fr, ...en].filter(
      ([, text]) => text.trim() === '' || /\p{L}'\p{L}|\.\.\./u.test(ofPrint(text)),
    )
    expect(bad).toEqual([])
    expect([...fr].filter(([, text]) => /"/.test(ofPrint(text)))).toEqual([])
  })
})

it('French marks stay with their words: no line breaks before « : », « ? » or inside « … »', () => {
  const words = ['segments', 'routing'].map((name) => [
    name,
    JSON.parse(readFileSync(join(core, name, 'words/fr.json'), 'utf8')),
  ])
  const shown = flatten(inFrench({ ...all.fr, ...Object.fromEntries(words) }))
  const torn = [...shown].filter(([, text]) => /[ \t][:;!?%»]|«[ \t]/.test(text))
  expect(torn).toEqual([])
  const begun = [...shown].filter(([, text]) => /«(?!\u00a0)|(?<!\u00a0)»/.test(text))
  expect(begun).toEqual([])
})

it('every job has a name in the tray', () => {
  const named = flatten(all.fr.jobs ?? {})
  const nameless = jobs.map(({ kind }) => kind).filter((kind) => !named.has(`kinds.${kind}`))
  expect(nameless).toEqual([])
})
