/** `npm test`: installs what is missing, Chromium included when it can, then runs every check and test. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { bin, buildWeb, install, run } from './prepare.mjs'

install()
ensureChromium()
buildWeb()
const path = `${bin('')}:${process.env.PATH}`
run('npm', ['run', '--silent', 'check'])
run(bin('node'), ['scripts/gen-db.ts', '--check'])
run(bin('node'), [bin('vitest'), 'run', ...process.argv.slice(2)], {
  env: { ...process.env, PATH: path },
})

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
