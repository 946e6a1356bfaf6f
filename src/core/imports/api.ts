import { z } from 'zod'
import { Bytes, Done, endpoint } from '../kernel/endpoint.ts'
import { Id, Slice } from '../kernel/values.ts'
import { Guess } from './guess.ts'
import { ImportView, Reject } from './import.ts'
import { ImportKind, Plan } from './plan.ts'
import { ReadingChoice } from './reading.ts'

const OneImport = z.object({ id: Id })

export const uploadImport = endpoint('POST', '/api/imports', {
  may: 'imports.run',
  summary:
    'Bring a file: the body is its bytes (CSV or XLSX), `name` its name. Nothing is imported yet',
  input: z.object({ name: z.string().trim().min(1).max(255) }),
  output: ImportView,
})

export const listImports = endpoint('GET', '/api/imports', {
  may: 'imports.run',
  summary: 'Files brought in, latest first',
  input: Slice,
  output: z.object({ total: z.number().int(), imports: z.array(ImportView) }),
})

export const getImport = endpoint('GET', '/api/imports/:id', {
  may: 'imports.run',
  summary: 'One import: how it is read, its plan, state and counts',
  input: OneImport,
  output: ImportView,
})

export const readImportAs = endpoint('PUT', '/api/imports/:id/reading', {
  may: 'imports.run',
  summary: 'Read the file another way: encoding, separator, sheet, line of the headers',
  input: OneImport.extend(ReadingChoice.shape),
  output: ImportView,
})

export const guessImport = endpoint('GET', '/api/imports/:id/guess', {
  may: 'imports.run',
  summary:
    'What the columns are: from the profile of the same headers, or from names and values; and the same file’s earlier imports',
  input: OneImport.extend({ kind: ImportKind.optional() }),
  output: z.object({
    guess: Guess,
    earlier: z.array(ImportView.pick({ id: true, createdAt: true, state: true, fileName: true })),
  }),
})

export const checkImport = endpoint('POST', '/api/imports/:id/check', {
  may: 'imports.run',
  summary: 'Dry run as a job: counts what would be created, updated and rejected, changes nothing',
  input: OneImport.extend({ plan: Plan.optional() }),
  output: ImportView,
})

export const startImport = endpoint('POST', '/api/imports/:id/start', {
  may: 'imports.run',
  summary: 'Run as a job. Without a plan: the one last checked, else the guess',
  input: OneImport.extend({ plan: Plan.optional() }),
  output: ImportView,
})

export const stopImport = endpoint('POST', '/api/imports/:id/stop', {
  may: 'imports.run',
  summary: 'Stop a run; what is committed stays, or is taken back when `undo` is true',
  input: OneImport.extend({ undo: z.boolean().default(false) }),
  output: ImportView,
})

export const undoImport = endpoint('POST', '/api/imports/:id/undo', {
  may: 'imports.run',
  summary:
    'Take an import back as a job: rows it made go, fields it changed return, unless changed since',
  input: OneImport,
  output: ImportView,
})

export const deleteImport = endpoint('DELETE', '/api/imports/:id', {
  may: 'imports.run',
  summary: 'Forget a file that was never run',
  input: OneImport,
  output: Done,
})

export const listRejects = endpoint('GET', '/api/imports/:id/rejects', {
  may: 'imports.run',
  summary: 'Rows not taken by the last dry run or run, each with line, column, value and reason',
  input: OneImport.extend(Slice.shape),
  output: z.object({ total: z.number().int(), rejects: z.array(Reject) }),
})

export const downloadRejects = endpoint('GET', '/api/imports/:id/rejects.csv', {
  may: 'imports.run',
  summary: 'The same rows as a CSV file',
  input: OneImport.extend({ locale: z.enum(['fr', 'en']).default('fr') }),
  output: Bytes,
})
