import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideDates, parseBirthday, parseDate } from './dates.ts'
import { guessPlan } from './guess.ts'
import { findHeaderRow, headerKey } from './headers.ts'
import { decideDecimals, parseScaled } from './numbers.ts'
import { Reading } from './reading.ts'
import { isEmail, parseKey, parseYesNo } from './values.ts'

const day = fc.date({
  min: new Date('1900-01-01'),
  max: new Date('2199-12-31'),
  noInvalidDate: true,
})
const two = (value: number) => String(value).padStart(2, '0')

describe('numbers', () => {
  it('read back what any country wrote', () => {
    const style = fc.constantFrom(
      { decimal: ',', thousands: ' ' },
      { decimal: ',', thousands: '\u202f' },
      { decimal: ',', thousands: '.' },
      { decimal: '.', thousands: ',' },
      { decimal: '.', thousands: '’' },
    )
    const sign = fc.constantFrom('€', '$ ', '', ' EUR', ' CHF')
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        style,
        sign,
        (minor, { decimal, thousands }, mark) => {
          const [whole, cents] = [Math.floor(Math.abs(minor) / 100), Math.abs(minor) % 100]
          const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, thousands)
          const number = `${minor < 0 ? '-' : ''}${grouped}${decimal}${two(cents)}`
          const text = mark.startsWith('$') ? `$${number}` : `${number}${mark}`
          expect(parseScaled(text, decimal === ',' ? ',' : '.', 2)).toBe(minor)
        },
      ),
    )
  })

  it('take a minus in front, behind and as parentheses, and halves away from zero', () => {
    expect(parseScaled('(12,50)', ',', 2)).toBe(-1_250)
    expect(parseScaled('12,50-', ',', 2)).toBe(-1_250)
    expect(parseScaled('0,005', ',', 2)).toBe(1)
    expect(parseScaled('-0,005', ',', 2)).toBe(-1)
    expect(parseScaled('1E-05', '.', 2)).toBe(0)
  })

  it.each(['', 'abc', '1,2,3', '12 apples', '--1', '1-2', '.', '9'.repeat(20)])(
    'refuse %j',
    (text) => {
      expect(parseScaled(text, ',', 2)).toBeUndefined()
    },
  )

  it('find the decimal mark in the values before they take the usual one', () => {
    expect(decideDecimals(['1.5', '2'], ',').decimal).toBe('.')
    expect(decideDecimals(['1 234,5'], '.').decimal).toBe(',')
    expect(decideDecimals(['1,234'], '.').decimal).toBe('.')
  })
})

describe('dates', () => {
  it('read back in the order they were written', () => {
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10)
        const [y = '', m = '', d = ''] = iso.split('-')
        expect(parseDate(`${d}/${m}/${y}`, 'dmy')).toBe(iso)
        expect(parseDate(`${Number(m)}/${Number(d)}/${y}`, 'mdy')).toBe(iso)
        expect(parseDate(iso, 'dmy')).toBe(iso)
        expect(parseDate(`${y}${m}${d}`, 'ymd')).toBe(iso)
        expect(parseDate(`${d}.${m}.${y} 14:05`, 'dmy')).toBe(`${iso} 14:05:00`)
      }),
    )
  })

  it('know months by name, and times of both halves of the day', () => {
    expect(parseDate('1er août 2026', 'dmy')).toBe('2026-08-01')
    expect(parseDate('Nov 22, 2026', 'dmy')).toBe('2026-11-22')
    expect(parseDate('11/22/2026 2:05 PM', 'mdy')).toBe('2026-11-22 14:05:00')
  })

  it.each(['31/02/2026', '29/02/2025', '00/01/2026', '12/13/2026', 'demain', '2026-11-22T25:00'])(
    'refuse %j',
    (text) => {
      expect(parseDate(text, 'dmy')).toBeUndefined()
    },
  )

  it('decide the order for a column, and ask when both fit', () => {
    expect(decideDates(['01/02/2026', '25/02/2026'])).toMatchObject({
      order: 'dmy',
      ambiguous: false,
    })
    expect(decideDates(['01/02/2026', '02/25/2026'])).toMatchObject({
      order: 'mdy',
      ambiguous: false,
    })
    expect(decideDates(['01/02/2026', '03/04/2026'])).toMatchObject({
      order: 'dmy',
      ambiguous: true,
    })
    expect(decideDates(['2026-02-01'])).toMatchObject({ order: 'ymd', ambiguous: false })
  })

  it('take birthdays without a year', () => {
    expect(parseBirthday('17/05', 'dmy')).toEqual({ year: null, month: 5, day: 17 })
    expect(parseBirthday('29/02', 'dmy')).toEqual({ year: null, month: 2, day: 29 })
    expect(parseBirthday('17/05/80', 'dmy')).toEqual({ year: 1980, month: 5, day: 17 })
  })
})

it('keys lose what a spreadsheet added, and no zero of theirs', () => {
  expect(parseKey(' 12923.0 ')).toBe('12923')
  expect(parseKey('0012')).toBe('0012')
  expect(parseKey('1.5')).toBe('1.5')
})

it('wishes are read in both languages', () => {
  for (const text of ['Oui', 'O', 'yes', '1', 'Vrai', 'x']) expect(parseYesNo(text)).toBe(true)
  for (const text of ['NON', 'n', 'no', '0', 'faux']) expect(parseYesNo(text)).toBe(false)
  expect(parseYesNo('peut-être')).toBeUndefined()
})

it('addresses are addresses', () => {
  for (const text of ['a@b.fr', 'zoé.x+y@sous.exemple.org']) expect(isEmail(text)).toBe(true)
  for (const text of ['a@b', 'a b@c.fr', 'a@b..fr', '<a@b.fr>', 'a@b.fr\nBcc: x@y.fr']) {
    expect(isEmail(text)).toBe(false)
  }
})

describe('headers', () => {
  it('are found below titles and empty rows', () => {
    const rows = [
      ['Export du 22/11/2026', '', ''],
      ['', '', ''],
      ['Nom', 'Prénom', 'E-mail'],
      ['Dupont', 'Zoé', 'z@example.org'],
    ]
    expect(findHeaderRow(rows)).toBe(2)
  })

  it('are one whatever their case, accents and joints', () => {
    expect(headerKey('N° Client')).toBe('n client')
    expect(headerKey('InvoiceNo')).toBe('invoice no')
    expect(headerKey('Prénom_client')).toBe('prenom client')
  })
})

const reading = (headers: string[], sample: string[][]) =>
  Reading.parse({ format: 'csv', headerLine: 1, headers, rowsAbout: sample.length, sample })

const targets = (headers: string[], sample: string[][]) => {
  const { plan } = guessPlan(reading(headers, sample), { custom: [] })
  return [plan.kind, ...plan.columns.map(({ column, target }) => `${headers[column]}=${target}`)]
}

describe('the guess', () => {
  it('knows French and English headers, misspelt ones too', () => {
    expect(targets(['Code cliant', 'Nom', 'Prenom', 'Vile'], [['1', 'A', 'B', 'C']])).toEqual([
      'customers',
      'Code cliant=code',
      'Nom=lastName',
      'Prenom=firstName',
    ])
    expect(
      targets(['Customer ID', 'Surname', 'First name', 'Zip'], [['1', 'A', 'B', '75011']]),
    ).toContain('Zip=postalCode')
  })

  it('knows an address by its values where the header says nothing', () => {
    expect(
      targets(
        ['Nom', 'X1', 'X2'],
        [
          ['A', 'a@b.fr', '75'],
          ['B', 'c@d.fr', '33'],
        ],
      ),
    ).toContain('X1=email')
  })

  it('takes one column of keys for a list', () => {
    expect(targets(['Contact'], [['12'], ['13']])).toEqual(['list', 'Contact=customer'])
  })

  it('asks about dates that read both ways', () => {
    const sample = [['1', '01/02/2026', '5']]
    const { askDates } = guessPlan(reading(['Ticket', 'Date', 'Montant'], sample), { custom: [] })
    expect(askDates).toEqual([1])
  })
})
