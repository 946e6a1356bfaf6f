/** `npm start`: installs and builds what is missing or older than its sources, then runs the application. */
import { spawn } from 'node:child_process'
import { appFlags, bin, buildWeb, install, root } from './prepare.mjs'

install()
buildWeb()
// The channel tells the application when this process is gone, even killed: it then stops in order too.
const app = spawn(bin('node'), [...appFlags, 'src/server/main.ts', ...process.argv.slice(2)], {
  cwd: root,
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
})
// The terminal signals the whole group; the application stops itself in order and we leave with it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => app.kill(signal))
if (process.env.npm_lifecycle_event) stopWithNpm()
app.on('exit', (code, signal) => {
  process.exitCode = signal ? 1 : (code ?? 1)
  if (app.connected) app.disconnect()
})

/** npm passes signals on, but nothing tells us when it is killed; then nobody would ever stop us. */
function stopWithNpm() {
  const npm = process.ppid
  setInterval(() => {
    if (process.ppid !== npm) app.kill('SIGTERM')
  }, 1_000).unref()
}
