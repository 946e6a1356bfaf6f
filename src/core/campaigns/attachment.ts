/** Files that leave with the e-mails of a step: how much they weigh, and which of them servers will not take. */
import { z } from 'zod'

export const StepFile = z.object({ id: z.uuid(), name: z.string(), size: z.number().int() })
export type StepFile = z.infer<typeof StepFile>

/** Bytes of one file. */
export const largestStepFile = 10 * 2 ** 20
export const mostAttachments = 20

/** Bytes of an e-mail as it leaves: from here on many servers refuse it. */
const heavyEmail = 5 * 2 ** 20
/** Hardly any server takes more, so nothing above leaves. */
export const largestEmail = 20 * 2 ** 20

/** What a line of base64 holds (RFC 2045). */
export const base64Line = { bytes: 57, characters: 76 } as const

/** Bytes of a file in an e-mail: base64 in lines that end in CRLF. */
export function encodedSize(size: number): number {
  const characters = Math.ceil(size / 3) * 4
  return characters + 2 * Math.ceil(characters / base64Line.characters)
}

/** What attachments make of the e-mails that a launch would send. */
export const Weight = z.object({
  files: z.number().int(),
  /** Bytes of one e-mail, of the heaviest message when there are several. */
  each: z.number().int(),
  emails: z.number().int(),
  /** Bytes of all of them. */
  total: z.number().int(),
  /** Names of files of a kind that servers refuse. */
  risky: z.array(z.string()),
})
export type Weight = z.infer<typeof Weight>

type Load = {
  attachments: readonly { name: string; size: number }[]
  /** Bytes of the text of each message, and how many would leave. */
  messages: readonly { bytes: number; toSend: number }[]
}

export function weigh({ attachments, messages }: Load): Weight {
  const files = attachments.reduce((sum, { size }) => sum + encodedSize(size), 0)
  return {
    files: attachments.length,
    each: files + Math.max(0, ...messages.map(({ bytes }) => bytes)),
    emails: messages.reduce((sum, { toSend }) => sum + toSend, 0),
    total: messages.reduce((sum, { bytes, toSend }) => sum + (files + bytes) * toSend, 0),
    risky: attachments.flatMap(({ name }) => (isRisky(name) ? [name] : [])),
  }
}

/** Codes of the catalogue `delivery`: what forbids a launch, and what only deserves a look. */
export function judgeWeight({ each, risky }: Pick<Weight, 'each' | 'risky'>) {
  const tooHeavy = each > largestEmail
  return {
    problems: tooHeavy ? ['too-heavy'] : [],
    warnings: [
      ...(!tooHeavy && each > heavyEmail ? ['heavy'] : []),
      ...(risky.length > 0 ? ['risky-attachments'] : []),
    ],
  }
}

/** https://support.google.com/mail/answer/6590, which other providers follow closely. */
const riskyTypes = new Set(
  `ade adp apk appx appxbundle bat cab chm cmd com cpl diagcab diagcfg diagpkg dll dmg ex ex_ exe hta img ins iso
  isp jar jnlp js jse lib lnk mde mjs msc msi msix msixbundle msp mst nsh pif ps1 scr sct shb sys vb vbe vbs vhd vxd
  wsc wsf wsh xll`.split(/\s+/),
)

export const isRisky = (name: string): boolean => riskyTypes.has(extensionOf(name))

/* Some systems drop dots and spaces at the end of a name, and then run what is left. */
const extensionOf = (name: string): string =>
  /\.([^.\s]+)[.\s]*$/.exec(name)?.[1]?.toLowerCase() ?? ''

/** What shops attach; a mail program shows or opens the file by it. */
const mediaTypes: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  gif: 'image/gif',
  ics: 'text/calendar; charset=utf-8',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  odp: 'application/vnd.oasis.opendocument.presentation',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odt: 'application/vnd.oasis.opendocument.text',
  pdf: 'application/pdf',
  png: 'image/png',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  rtf: 'application/rtf',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  txt: 'text/plain',
  vcf: 'text/vcard; charset=utf-8',
  webp: 'image/webp',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
}

export const mediaTypeOf = (name: string): string => {
  const extension = extensionOf(name)
  return (
    (Object.hasOwn(mediaTypes, extension) ? mediaTypes[extension] : undefined) ??
    'application/octet-stream'
  )
}
