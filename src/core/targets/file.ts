/** Files of codes under the rules of D-96 to D-99: the columns FICHE, TIERS and CONTACT, found by their names. */
import { z } from 'zod'
import { fold } from '../kernel/fold.ts'
import { Instant } from '../kernel/values.ts'
import { Proposal } from './source.ts'

const fileColumns = ['fiche', 'tiers', 'contact'] as const
export type FileColumn = (typeof fileColumns)[number]

/** Why a line brings nobody, in the order in which it is found out. */
export const lineReasons = [
  'code-missing',
  'unknown-fiche',
  'unknown-code',
  'other-fiche',
  'unknown-contact',
  'duplicate',
  'wrong-kind',
  'contacted',
  'already',
] as const
export const LineReason = z.enum(lineReasons)
export type LineReason = z.infer<typeof LineReason>

export const LineProblem = z.object({
  line: z.number().int(),
  fiche: z.string(),
  tiers: z.string(),
  contact: z.string(),
  reason: LineReason,
})
export type LineProblem = z.infer<typeof LineProblem>

export const FileReport = z.object({
  fileId: z.uuid(),
  name: z.string(),
  checkedAt: Instant,
  /** The line on which the names of the columns stand. */
  headerLine: z.number().int(),
  rows: z.number().int(),
  ignored: z.array(z.string()),
  reasons: z.partialRecord(LineReason, z.number().int()),
  proposal: Proposal,
  /** The first of them; all are in the file to download. */
  problems: z.array(LineProblem),
})
export type FileReport = z.infer<typeof FileReport>

export type FileColumns = { at: Partial<Record<FileColumn, number>>; ignored: string[] }

/** Looked for among the first rows that have anything in them. */
export const headerRows = 200

/** The columns when the row names them: FICHE and TIERS, or CONTACT alone (A-S5). Any capitals, any accents. */
export function columnsOf(row: readonly string[]): FileColumns | undefined {
  const names = row.map((cell) => fold(cell).trim())
  const found = fileColumns.flatMap((name) => {
    const at = names.indexOf(name)
    return at < 0 ? [] : [[name, at] as const]
  })
  const at: FileColumns['at'] = Object.fromEntries(found)
  const isWhole = at.tiers !== undefined && at.fiche !== undefined
  if (!isWhole && !(at.contact !== undefined && at.tiers === undefined && at.fiche === undefined)) {
    return undefined
  }
  const used = new Set(found.map(([, place]) => place))
  const ignored = row.map((cell) => cell.trim()).filter((cell, i) => cell !== '' && !used.has(i))
  return { at, ignored }
}

/** Which of the mandatory columns a file lacks, over all the rows looked at. */
export function missingColumns(rows: readonly (readonly string[])[]): FileColumn[] {
  const best = rows.map((row) => {
    const names = row.map((cell) => fold(cell).trim())
    return (['fiche', 'tiers'] as const).filter((name) => !names.includes(name))
  })
  return best.find((missing) => missing.length === 1) ?? ['fiche', 'tiers']
}

/** Codes of tables as other programs write them, and the kinds of party that they stand for here. */
const tables: Readonly<Record<string, string>> = {
  cli: 'customer',
  pro: 'prospect',
  fou: 'supplier',
  vrp: 'rep',
  rep: 'rep',
  per: 'staff',
  sal: 'staff',
  tia: 'other',
  aut: 'other',
}

type Kind = { code: string; labelFr: string; labelEn: string }

/** The kind that a cell of FICHE means: a table code (T2, T3… are further tables of others), a kind's code or name. */
export function kindOfTable(cell: string, kinds: readonly Kind[]): string | undefined {
  const word = fold(cell).trim()
  const named = kinds.find(({ code, labelFr, labelEn }) =>
    [code, labelFr, labelEn].some((name) => fold(name) === word),
  )
  const kind = named?.code ?? tables[word] ?? (/^t\d+$/.test(word) ? 'other' : undefined)
  return kinds.some(({ code }) => code === kind) ? kind : undefined
}
