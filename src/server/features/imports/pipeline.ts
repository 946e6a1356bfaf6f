/**
 * Runs the rows of a file through a loader: while PostgreSQL merges a chunk on one lane, the next is parsed and
 * copied on the other. Each chunk is one transaction that also writes its position, so a run that dies at any
 * moment goes on after the last committed chunk and takes no row twice.
 */
import { addCounts, type Counts, noCounts, type Reject, rejectsKept } from '#core/imports/import.ts'
import type { Reading } from '#core/imports/reading.ts'
import { type Copy, type Lane, openLane } from '#platform/db/copy.ts'
import type { Database } from '#platform/db/database.ts'
import type { Chunk, Loader, Refuse } from './loader.ts'
import * as imports from './queries.ts'
import type { RowBatch } from './reading/csv.ts'
import { readRows } from './reading/rows.ts'

/* Large enough that what a chunk costs whatever its size is nothing, small enough to stop within seconds. */
const defaultChunkRows = 100_000

export type PipelineOptions = {
  db: Database
  path: string
  reading: Reading
  loader: Loader
  importId: number
  jobId: number
  apply: boolean
  /** Rows that earlier runs of this import committed, and what became of them. */
  from: { position: number; counts: Counts; rejects: number }
  signal: AbortSignal
  progress: (rows: number) => void
  chunkRows?: number
}

type Station = { lane: Lane; merged: Promise<void> }

/** Resolves with the counts of all committed chunks, also when the signal ended it early. */
export async function runPipeline(options: PipelineOptions): Promise<Counts> {
  const stations = await Promise.all([0, 1].map(() => openStation(options)))
  try {
    return await feed(options, stations)
  } finally {
    await Promise.allSettled(stations.map(({ merged }) => merged))
    for (const { lane } of stations) lane.close()
  }
}

async function openStation({ db, loader }: PipelineOptions): Promise<Station> {
  const lane = await openLane(db)
  await loader.setup(lane.db)
  return { lane, merged: Promise.resolve() }
}

type Load = {
  chunk: Chunk
  copy: Copy
  station: Station
  rows: number
  rejects: Reject[]
  rejected: number
}

async function feed(options: PipelineOptions, stations: Station[]): Promise<Counts> {
  const { loader, from, chunkRows = defaultChunkRows, signal } = options
  const state = { position: from.position, counts: from.counts, kept: from.rejects }
  let position = 0
  let load: Load | undefined
  let turn = 0
  let last: Promise<void> = Promise.resolve()

  const close = async (full: Load) => {
    load = undefined
    await sendRest(full)
    const before = last
    last = full.station.merged = before.then(() => merge(options, full, state))
    // Awaited below and at the end; until then a failure is nobody's.
    last.catch(() => {})
  }
  for await (const batch of readRows(options.path, options.reading)) {
    if (signal.aborted) break
    await loader.ready(batch.rows.length)
    const skipped = skip(options, batch, position)
    position += batch.rows.length
    if (skipped === batch.rows.length) continue
    load ??= await openLoad(loader, stations[turn++ % stations.length])
    addRows(options.reading.headers, load, batch, skipped)
    await load.copy.write(load.chunk.take())
    if (load.rows >= chunkRows) await close(load)
  }
  if (load && signal.aborted) await load.copy.abandon()
  else if (load) await close(load)
  await last
  return state.counts
}

async function openLoad(loader: Loader, station: Station | undefined): Promise<Load> {
  if (!station) throw new Error('a pipeline has stations')
  await station.merged
  const copy = station.lane.copy(loader.statement)
  return { chunk: loader.begin(), copy, station, rows: 0, rejects: [], rejected: 0 }
}

/** How many rows at the start of the batch an earlier run committed. */
function skip({ loader, from }: PipelineOptions, batch: RowBatch, position: number): number {
  const skipped = Math.min(Math.max(0, from.position - position), batch.rows.length)
  for (let at = 0; at < skipped; at++) loader.skip(batch.rows[at] ?? [], batch.lines[at] ?? 0)
  return skipped
}

function addRows(headers: readonly string[], load: Load, batch: RowBatch, start: number): void {
  let line = 0
  const refuse: Refuse = (column, value, reason) => {
    if (load.rejects.length >= rejectsKept) return
    load.rejects.push({ line, column: headers[column] ?? '', value: value.slice(0, 200), reason })
  }
  for (let at = start; at < batch.rows.length; at++) {
    const cells = batch.rows[at] ?? []
    line = batch.lines[at] ?? 0
    load.rows++
    if (cells.length > headers.length && hasMore(cells, headers.length)) {
      refuse(headers.length - 1, cells.slice(headers.length - 1).join(' '), 'too-many-cells')
      load.rejected++
    } else if (!load.chunk.add(cells, line, refuse)) load.rejected++
  }
}

const hasMore = (cells: readonly string[], width: number) =>
  cells.slice(width).some((cell) => cell.trim() !== '')

async function sendRest({ chunk, copy, station }: Load): Promise<void> {
  await copy.end()
  for (const { statement, texts } of chunk.rest()) {
    const rest = station.lane.copy(statement)
    for (const text of texts) await rest.write(text)
    await rest.end()
  }
}

type State = { position: number; counts: Counts; kept: number }

async function merge(options: PipelineOptions, load: Load, state: State): Promise<void> {
  const { importId, jobId, apply } = options
  const { station, chunk, rows } = load
  const position = state.position + rows
  const counts = await station.lane.db.transaction().execute(async (db) => {
    const merged = await chunk.merge({ db, importId, jobId, apply })
    const rejected = load.rejected + merged.counts.rejected
    const total = addCounts(state.counts, { ...merged.counts, rejected, rows })
    const rejects = [...load.rejects, ...merged.rejects].slice(
      0,
      Math.max(0, rejectsKept - state.kept),
    )
    await imports.insertRejects(db, importId, rejects)
    if (apply)
      await imports.commitChunk(db, importId, { from: state.position, position, counts: total })
    state.kept += rejects.length
    return total
  })
  state.position = position
  state.counts = counts
  options.progress(position)
}

export const emptyRun = { position: 0, counts: noCounts, rejects: 0 }
