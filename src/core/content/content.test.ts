import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EmailContent } from './content.ts'
import { compileEmail, type EmailFrame } from './email.ts'
import { fieldLookup, mergeFields } from './merge-fields.ts'
import { compileSms, simplifySms } from './sms.ts'
import { countSms, forcingUcs2, smsLimits, splitSms } from './sms-parts.ts'
import {
  fieldsOf,
  type MergePart,
  parseTemplate,
  printTemplate,
  renderTemplate,
} from './template.ts'

const lookup = fieldLookup(['pointure'])
const keys = mergeFields(['pointure']).map(({ key }) => key)
const frame: EmailFrame = { lookup, sender: { name: 'Maison Élise', address: '3 rue Haute\nLyon' } }
const links = { unsubscribe: 'https://shop.example/u/abc?x=1&y=2' }

const literal = fc
  .string({ minLength: 1, unit: 'grapheme' })
  .filter((text) => !/\{\{|\[\[/.test(text))
const part: fc.Arbitrary<MergePart> = fc.record({
  field: fc.constantFrom(...keys),
  fallback: fc.string().filter((text) => !/[{}[\]\r\n|]/.test(text) && text === text.trim()),
})
/** Texts and fields as a template has them: never two texts in a row. */
const template = fc
  .array(fc.oneof(literal, part), { maxLength: 8 })
  .map((parts) =>
    parts.filter((now, at) => typeof now !== 'string' || typeof parts[at - 1] !== 'string'),
  )
const hostile = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='x",
    'a\r\nBcc: everyone@example.org',
    '{{lastName}}',
    '-->',
    'javascript:alert(1)',
    '\u2028\u0085x',
  ),
)

const email = (input: Partial<EmailContent>) =>
  EmailContent.parse({ channel: 'email', subject: 'Bonjour {{firstName}}', ...input })

const compiled = (input: Partial<EmailContent>) => {
  const result = compileEmail(email(input), frame)
  if (result.problems) throw new Error(JSON.stringify(result.problems))
  return result.compiled
}

describe('templates', () => {
  it('are the same after printing and parsing', () => {
    fc.assert(
      fc.property(template, (parts) => {
        const parsed = parseTemplate(printTemplate(parts), lookup)
        expect(parsed.template).toEqual(parts)
      }),
    )
  })

  it('never fail on any text: they parse, or say where they are wrong', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '|', 'a', '.', '\n') }),
        (text) => {
          const { template: parsed, problems } = parseTemplate(text, lookup)
          if (parsed) expect(parseTemplate(printTemplate(parsed), lookup).template).toEqual(parsed)
          else expect(problems?.every(({ at }) => at < text.length)).toBe(true)
        },
      ),
    )
  })

  it('tell every unknown, empty and unclosed field with its line and column', () => {
    expect(
      parseTemplate('Bonjour {{prenom}},\n {{ }} et {{lastName', lookup).problems,
    ).toMatchObject([
      { code: 'unknown-field', line: 1, column: 9, text: '{{prenom}}' },
      { code: 'empty-field', line: 2, column: 2 },
      { code: 'open-field', line: 2, column: 11 },
    ])
  })

  it('take custom fields, fallbacks and the names of older programs, whatever their case', () => {
    const parsed = parseTemplate(
      '{{custom.pointure}} {{ firstName | cher client }} [[cli.Nom]] [[x]]',
      lookup,
    )
    expect(parsed.template).toEqual([
      { field: 'custom.pointure', fallback: '' },
      ' ',
      { field: 'firstName', fallback: 'cher client' },
      ' ',
      { field: 'lastName', fallback: '' },
      ' [[x]]',
    ])
    expect(fieldsOf(parsed.template ?? [])).toEqual(['custom.pointure', 'firstName', 'lastName'])
    expect(parseTemplate('[[CLI.CONSTRUCTOR]]', lookup).problems).toHaveLength(1)
  })

  it('use the fallback for what is blank', () => {
    const parsed = parseTemplate('Bonjour {{firstName|vous}}', lookup).template ?? []
    expect(renderTemplate(parsed, { firstName: ' ' }, 'text')).toBe('Bonjour vous')
    expect(renderTemplate(parsed, {}, 'text')).toBe('Bonjour vous')
  })
})

describe('an e-mail', () => {
  const source = `<html><body><p title="{{city}}">{{lastName}}</p>
    <a href="https://shop.example/?n={{lastName}}">x</a><a href="{{custom.pointure}}">y</a></body></html>`
  const document: EmailContent['document'] = {
    type: 'doc',
    content: [
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'Bonjour ' },
          {
            type: 'mergeField',
            attrs: { field: 'lastName', fallback: 'à <vous>' },
            marks: [{ type: 'bold' }],
          },
        ],
      },
      { type: 'button', attrs: { label: 'Voir {{city}}', href: 'https://shop.example/{{city}}' } },
    ],
  }

  it.each(['text', 'html'] as const)(
    'in %s mode never lets a value become markup or a header line',
    (mode) => {
      const one = compiled({ mode, html: source, document, preheader: '{{city}}' })
      const shape = (html: string) => html.replace(/[^<>"]/g, '')
      const harmless = one.fill(
        { lastName: 'a', city: 'b', firstName: 'c', 'custom.pointure': 'https://d' },
        links,
      )
      fc.assert(
        fc.property(hostile, hostile, (a, b) => {
          const out = one.fill(
            { lastName: `x${a}`, city: `x${b}`, firstName: a, 'custom.pointure': a },
            links,
          )
          expect(shape(out.html)).toBe(shape(harmless.html))
          // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
          expect(out.subject).not.toMatch(/[\u0000-\u001f\u2028\u2029]/)
          expect(out.html).not.toMatch(/href="javascript:/i)
        }),
      )
    },
  )

  it('has a text part, a preheader and a footer with the sender and the way out', () => {
    const out = compiled({ document, preheader: 'Pour {{city|vous}}' }).fill(
      { lastName: 'Noël', city: 'Aix' },
      links,
    )
    expect(out.html).toContain('<strong>Noël</strong>')
    expect(out.html).toContain('href="https://shop.example/u/abc?x=1&amp;y=2"')
    expect(out.html).toContain('Maison Élise · 3 rue Haute · Lyon')
    expect(out.html).toContain('href="https://shop.example/Aix"')
    expect(out.preheader).toBe('Pour Aix')
    expect(out.text).toBe(
      'Bonjour Noël\n\nVoir Aix : https://shop.example/Aix\n\n-- \nMaison Élise\n3 rue Haute\nLyon\n' +
        'Vous recevez ce message parce que vous êtes client ou contact de notre maison.\n' +
        'Se désabonner : https://shop.example/u/abc?x=1&y=2\n',
    )
    expect(compiled({ document }).fill({}, links).html).toContain('à &lt;vous&gt;')
  })

  it('of own HTML loses what runs or asks, says so, and gets a footer unless it has a link of its own', () => {
    const one = compiled({
      mode: 'html',
      html: `<h1 onclick="x()">Salut</h1><script>alert("<p>")</script><form action="/x"><p>{{lastName}}</p></form>
        <a href="java&#115;cript:x">a</a><style>p{color:red}</style>`,
    })
    const out = one.fill({ lastName: 'Roy' }, links)
    expect(out.html).not.toMatch(/script|onclick|<form|alert/)
    expect(out.html).toContain('<p>Roy</p>')
    expect(out.html).toContain(links.unsubscribe.replace('&', '&amp;'))
    expect(out.text).toMatch(/^Salut\n\nRoy\n\n/)
    expect(one.notices.map(({ text }) => text)).toEqual([
      'onclick="x()"',
      '<script>',
      '<form>',
      'href="java&#115;cript:x"',
    ])
    const own = compiled({ mode: 'html', html: '<p><a href="[[CLI.MBX]]">stop</a></p>' })
    expect(own.fill({}, links).html.match(/\/u\/abc/g)).toHaveLength(1)
  })

  it.each(['<!-->', '<!--->', '<!-- x --!>'])('ends a comment where browsers do: %s', (comment) => {
    const html = `${comment}<script>alert(1)</script>--><p>Salut</p>`
    const out = compiled({ mode: 'html', html }).fill({}, links)
    expect(out.html).not.toMatch(/<script|alert/)
    expect(out.html).toContain('<p>Salut</p>')
    const outlook =
      '<!--[if mso]><table><tr><td><![endif]--><p>x</p><!--[if mso]></td></tr></table><![endif]-->'
    expect(compiled({ mode: 'html', html: outlook }).fill({}, links).html).toContain(outlook)
  })

  it('says what is wrong with it before anything is sent', () => {
    const problems = (input: Partial<EmailContent>) =>
      compileEmail(email(input), frame).problems?.map(({ place, code }) => `${place} ${code}`)
    expect(problems({ subject: '{{nope}}', mode: 'html', html: '<p>{{nada}}</p>' })).toEqual([
      'subject unknown-field',
      'body unknown-field',
    ])
    expect(problems({ subject: '' })).toEqual(['body empty', 'subject empty'])
    expect(problems({ mode: 'html', html: '<p style="color:{{city}}">x</p>' })).toEqual([
      'body misplaced-field',
    ])
  })

  it('is filled in microseconds', () => {
    const one = compiled({
      mode: 'html',
      html: `<p>{{lastName}}</p>${'<p>texte {{city}}</p>\n'.repeat(10)}${'x'.repeat(12_000)}`,
    })
    const started = performance.now()
    for (let i = 0; i < 2_000; i++) one.fill({ lastName: 'Martin', city: 'Lyon' }, links)
    expect((performance.now() - started) / 2_000).toBeLessThan(0.2)
  })
})

describe('a text message', () => {
  it('is cut into parts that fit and make up the whole', () => {
    const character = fc.oneof(
      fc.constantFrom('a', '€', 'é', 'ê', '👍', '{'),
      fc.string({ unit: 'grapheme' }),
    )
    fc.assert(
      fc.property(fc.array(character, { maxLength: 400 }), (characters) => {
        const text = characters.join('').toWellFormed()
        const parts = splitSms(text)
        const { encoding, parts: count, length } = countSms(text)
        expect(parts.join('')).toBe(text)
        expect(parts).toHaveLength(count)
        const largest = count === 1 ? smsLimits[encoding].single : smsLimits[encoding].part
        for (const one of parts) {
          expect(encoding === 'ucs2' ? one.length : countSms(one).length).toBeLessThanOrEqual(
            largest,
          )
        }
        expect(count <= 1).toBe(length <= smsLimits[encoding].single)
      }),
    )
  })

  it.each([
    ['a'.repeat(160), 'gsm7', 1],
    ['a'.repeat(161), 'gsm7', 2],
    ['€'.repeat(80), 'gsm7', 1],
    [`${'a'.repeat(152)}€${'a'.repeat(152)}`, 'gsm7', 3],
    ['ê'.repeat(70), 'ucs2', 1],
    ['ê'.repeat(71), 'ucs2', 2],
    ['', 'gsm7', 0],
  ])('%#: counts', (text, encoding, parts) => {
    expect(countSms(text)).toMatchObject({ encoding, parts })
  })

  it('shows the characters that make it dearer, and can do without them', () => {
    expect(forcingUcs2('Fête à l’œuvre, ça !')).toEqual(['ê', '’', 'œ', 'ç'])
    expect(simplifySms('Fête à l’œuvre, ça ! 5 €')).toBe("Fete à l'oeuvre, ca ! 5 €")
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aêçœ’«É…ÀÎñ€[') }), (text) => {
        expect(forcingUcs2(simplifySms(text))).toEqual([])
      }),
    )
  })

  it('keeps values on one line', () => {
    const one = compileSms({ channel: 'sms', text: 'Bonjour {{firstName}}' }, lookup)
    expect(one.compiled?.fill({ firstName: 'A\r\nB' }, links)).toBe('Bonjour A B')
  })
})
