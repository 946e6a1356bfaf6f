import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from './config.ts'

export type Secrets = {
  /** Encrypts for storage; `open` gives the text back and throws if a byte was changed. */
  seal: (text: string) => string
  open: (sealed: string) => string
  /** A short URL-safe signature of `text` for one purpose, for links. */
  sign: (purpose: string, text: string) => string
  verify: (purpose: string, text: string, signature: string) => boolean
  /** A key of 32 bytes for one purpose, as hex. */
  derive: (purpose: string) => string
}

/** The installation's one secret: SECRET, or made once and kept beside the data. */
export async function loadSecrets(config: Config): Promise<Secrets> {
  if (config.secret) return createSecrets(config.secret)
  const path = join(config.dataDir, 'secret')
  if (!existsSync(path)) {
    await mkdir(config.dataDir, { recursive: true })
    await writeFile(path, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  }
  return createSecrets((await readFile(path, 'utf8')).trim())
}

export function createSecrets(masterHex: string): Secrets {
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', Buffer.from(masterHex, 'hex'), '', purpose, 32))
  // Links are signed a hundred thousand at a time, for a handful of purposes.
  const keys = new Map<string, KeyObject>()
  const signingKey = (purpose: string) => {
    const known = keys.get(purpose)
    if (known) return known
    const key = createSecretKey(derive(`sign:${purpose}`))
    keys.set(purpose, key)
    return key
  }
  const sealing = derive('seal')
  const signature = (purpose: string, text: string) =>
    createHmac('sha256', signingKey(purpose)).update(text).digest().subarray(0, 16)
  return {
    seal: (text) => seal(sealing, text),
    open: (sealed) => open(sealing, sealed),
    sign: (purpose, text) => signature(purpose, text).toString('base64url'),
    verify: (purpose, text, given) => {
      const [expected, actual] = [signature(purpose, text), Buffer.from(given, 'base64url')]
      return expected.length === actual.length && timingSafeEqual(expected, actual)
    },
    derive: (purpose) => derive(purpose).toString('hex'),
  }
}

/** AES-256-GCM as `nonce.tag.text`, each in base64url. */
function seal(key: Buffer, text: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return [nonce, cipher.getAuthTag(), body].map((part) => part.toString('base64url')).join('.')
}

function open(key: Buffer, sealed: string): string {
  const [nonce, tag, body] = sealed.split('.').map((part) => Buffer.from(part, 'base64url'))
  if (!nonce || !tag || !body) throw new Error('not a sealed value')
  const decipher = createDecipheriv('aes-256-gcm', key, nonce)
  decipher.setAuthTag(tag)
  return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
}
