/** `npm run bench -- NAME`: runs bench/NAME.ts under our own Node and the application's settings; without a name says which there are. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { appFlags, bin, install, root, run } from './prepare.mjs'

const [name, ...rest] = process.argv.slice(2)
const script = join(root, 'bench', `${name}.ts`)
if (name && existsSync(script)) {
  install()
  run(bin('node'), [...appFlags, '--expose-gc', script, ...rest])
} else {
  const names = readdirSync(join(root, 'bench')).filter((file) => file.endsWith('.ts'))
  console.log(`npm run bench -- ${names.map((file) => file.slice(0, -3)).join(' | ')}`)
  process.exitCode = 1
}
