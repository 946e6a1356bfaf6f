/** How a file's bytes become rows: found by looking, changed by the user when the guess is wrong. */
import { z } from 'zod'

export const encodings = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const
export const separators = [';', ',', '\t', '|'] as const

export const Reading = z.object({
  format: z.enum(['csv', 'xlsx']),
  encoding: z.enum(encodings).default('utf-8'),
  separator: z.enum(separators).default(';'),
  /** XLSX: the sheet's name, and all there are. */
  sheet: z.string().default(''),
  sheets: z.array(z.string()).default([]),
  /** Line of the headers, counted from 1; what stands above is not read. 0 for a file without any. */
  headerLine: z.number().int().nonnegative(),
  headers: z.array(z.string()),
  /** Rows after the headers, as far as the line ends tell; for the progress only. */
  rowsAbout: z.number().int().nonnegative(),
  /** The first rows after the headers, as they are. */
  sample: z.array(z.array(z.string())),
})
export type Reading = z.infer<typeof Reading>

/** What the user may say against the guess. */
export const ReadingChoice = Reading.pick({
  encoding: true,
  separator: true,
  sheet: true,
  headerLine: true,
}).partial()
export type ReadingChoice = z.infer<typeof ReadingChoice>
