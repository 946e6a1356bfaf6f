/** A process of its own that sends until it is killed: `node sending-process.ts DATABASE_URL DATA_DIR`. */
import { readConfig } from '#platform/config.ts'
import { createDatabase, createPool } from '#platform/db/database.ts'
import { releaseAbandoned } from '#platform/jobs/queue.ts'
import { startRunner } from '#platform/jobs/runner.ts'
import { createLog } from '#platform/log.ts'
import { createSecrets } from '#platform/secrets.ts'
import { deliveryJobs } from '../../src/server/features/delivery/service.ts'

const [, , url = '', dataDir = ''] = process.argv
const db = createDatabase(createPool(url, 4))
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
  deliveryJobs,
)
process.stdout.write('ready\n')
