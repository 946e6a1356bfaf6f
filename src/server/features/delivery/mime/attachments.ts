/** The end of an e-mail with attachments: the same bytes for everybody, so encoded once. */
import { base64Line, encodedSize, mediaTypeOf } from '#core/campaigns/attachment.ts'
import { encodeFileName } from './header.ts'

/** `=_` occurs neither in base64 nor in quoted-printable, and the boundary inside begins otherwise. */
export const mixed = '=_mixed'

export type Attachment = {
  readonly name: string
  readonly size: number
  /** Fills the buffer with the next bytes; fewer only at the end. */
  readonly read: (into: Buffer) => Promise<number>
}

const slice = base64Line.bytes * 1_024

/** Read and encoded slice by slice into the one buffer that is kept. Throws when a file is not as long as it was. */
export async function encodeAttachments(attachments: readonly Attachment[]): Promise<Buffer> {
  const heads = attachments.map(headOf)
  const end = `--${mixed}--\r\n`
  const length = attachments.reduce(
    (sum, { size }, at) => sum + (heads[at] ?? '').length + encodedSize(size),
    end.length,
  )
  const tail = Buffer.allocUnsafe(length)
  const source = Buffer.allocUnsafe(slice)
  let at = 0
  for (const [place, { name, size, read }] of attachments.entries()) {
    at += tail.write(heads[place] ?? '', at, 'latin1')
    for (let left = size; left > 0; ) {
      const got = await read(source.subarray(0, Math.min(slice, left)))
      if (got === 0) throw new Error(`${name} is shorter than it was`)
      at += tail.write(foldedBase64(source.subarray(0, got)), at, 'latin1')
      left -= got
    }
  }
  tail.write(end, at, 'latin1')
  return tail
}

function headOf({ name }: Attachment): string {
  const { type, disposition } = encodeFileName(name)
  return [
    `--${mixed}`,
    `Content-Type: ${mediaTypeOf(name)};`,
    ` ${type}`,
    'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment;',
    ` ${disposition}`,
    '\r\n',
  ].join('\r\n')
}

const foldedBase64 = (bytes: Buffer) => bytes.toString('base64').replace(/.{1,76}/g, '$&\r\n')
