/** `npm start`: installs and builds what is missing or older than its sources, then runs the application. */
import { spawn } from 'node:child_process'
import { bin, buildWeb, install, root } from './prepare.mjs'

install()
buildWeb()
const app = spawn(bin('node'), ['src/server/main.ts', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
})
// The terminal signals the whole group; the application stops itself in order and we leave with it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => app.kill(signal))
app.on('exit', (code, signal) => {
  process.exitCode = signal ? 1 : (code ?? 1)
})
