import { type Browser, chromium } from 'playwright-core'
import { afterAll } from 'vitest'

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath, args: quiet })

let launched: Promise<Browser> | undefined

/** The one browser of a test file, started by the first journey and closed after the last. */
export function browser(): Promise<Browser> {
  launched ??= launchChromium()
  return launched
}

afterAll(async () => (await launched)?.close())
