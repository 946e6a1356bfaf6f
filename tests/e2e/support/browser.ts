import type { Browser } from 'playwright-core'
import { afterAll } from 'vitest'
import { launchChromium } from './chromium.ts'

let launched: Promise<Browser> | undefined

/** The one browser of a test file, started by the first journey and closed after the last. */
export function browser(): Promise<Browser> {
  launched ??= launchChromium()
  return launched
}

afterAll(async () => (await launched)?.close())
