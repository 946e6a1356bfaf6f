/** `npm test`: installs what is missing, Chromium included when it can, then runs every check and test. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bin, buildWeb, install, root, run } from './prepare.mjs'

install()
ensureChromium()
buildWeb()
const path = `${bin('')}:${process.env.PATH}`
run('npm', ['run', '--silent', 'check'])
run(bin('node'), ['scripts/gen-db.ts', '--check'])
test()

/** Vitest, with its counts repeated as one plain last line. */
function test() {
  const report = join(mkdtempSync(join(tmpdir(), 'malleposte-report-')), 'tests.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const args = [bin('vitest'), 'run', ...reporters, ...process.argv.slice(2)]
  const { status } = spawnSync(bin('node'), args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  })
  if (existsSync(report)) {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'))
    console.log(`${numPassedTests} passed, ${numFailedTests} failed`)
  }
  process.exitCode = status ?? 1
}

/** The journeys need a browser; without one they fail by name rather than pass by not running. */
function ensureChromium() {
  if (existsSync('/usr/bin/chromium') || process.env.CHROMIUM) return
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.log(
      'Chromium is not installed and cannot be from here: install it, or set CHROMIUM to its path.',
    )
    return
  }
  console.log('Installing Chromium…')
  const quiet = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }
  execFileSync('apt-get', ['update', '-qq'], quiet)
  execFileSync('apt-get', ['install', '-y', '-qq', 'chromium', 'fonts-liberation'], quiet)
}
