/** Quoted-printable (RFC 2045): pure ASCII, short lines, no line that begins with a dot, so nothing on the way can alter it. */

const longestLine = 76
const hex = Array.from(
  { length: 256 },
  (_, byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
)

/** Ends a line that is none: joins pieces encoded on their own without either knowing the other's column. */
export const softBreak = '=\r\n'

/** What most merged values are: short and plain, the same in any encoding. */
const plain =
  /^[A-Za-z0-9,;:!?()/&%#'"@_+*-][A-Za-z0-9 ,;:!?()/&%#'"@_+*.-]{0,68}[A-Za-z0-9,;:!?()/&%#'"@_+*.-]$/

/** Starts in column 0. Line ends of any kind become CRLF. */
export function encodeQuotedPrintable(text: string): string {
  if (plain.test(text)) return text
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => encodeLine(line))
    .join('\r\n')
}

function encodeLine(line: string): string {
  let out = ''
  let column = 0
  const bytes = Buffer.from(line, 'utf8')
  for (const [at, byte] of bytes.entries()) {
    const word = encodeByte(byte, column === 0, at === bytes.length - 1)
    if (column + word.length > longestLine - 1) {
      out += softBreak
      column = 0
      // The first of a line may need what it did not need before.
      const again = encodeByte(byte, true, at === bytes.length - 1)
      out += again
      column = again.length
    } else {
      out += word
      column += word.length
    }
  }
  return out
}

function encodeByte(byte: number, first: boolean, last: boolean): string {
  const isSpace = byte === 0x20 || byte === 0x09
  const escaped =
    byte > 0x7e ||
    (byte < 0x20 && byte !== 0x09) ||
    byte === 0x3d ||
    (isSpace && last) ||
    // A dot would be doubled by SMTP, “From ” quoted by mailboxes.
    (first && (byte === 0x2e || byte === 0x46))
  return escaped ? (hex[byte] ?? '') : String.fromCharCode(byte)
}
