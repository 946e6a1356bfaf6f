/** A process of its own that imports until it is killed: `node importing-process.ts DATABASE_URL DATA_DIR CHUNK_ROWS`. */
import { readConfig } from '#platform/config.ts'
import { createDatabase, createPool } from '#platform/db/database.ts'
import { releaseAbandoned } from '#platform/jobs/queue.ts'
import { startRunner } from '#platform/jobs/runner.ts'
import { createLog } from '#platform/log.ts'
import { createSecrets } from '#platform/secrets.ts'
import { defineRunJob } from '../../src/server/features/imports/jobs.ts'

const [, , url = '', dataDir = '', chunkRows] = process.argv
const db = createDatabase(createPool(url, 6))
// As main.ts does in an installation of one process.
await releaseAbandoned(db)
startRunner(
  {
    db,
    config: readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent', DEMO: 'no' }),
    secrets: createSecrets('00'.repeat(32)),
    log: createLog('silent'),
    now: () => new Date(),
  },
  [defineRunJob(Number(chunkRows))],
)
