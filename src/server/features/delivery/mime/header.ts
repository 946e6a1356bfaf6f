/** Header lines: one line in, RFC 5322 out, never a way to a second header. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
const controls = /[\u0000-\u001f\u007f]+/g
const plain = /^[\u0020-\u007e]*$/

/** Free text (a subject): as it is when plain and short, else RFC 2047 words folded over lines. */
export function encodeText(value: string, used: number): string {
  const text = value.replace(controls, ' ').trim()
  const isPlain = plain.test(text) && !text.includes('=?') && text.length + used <= 76
  return isPlain ? text : encodedWords(text)
}

/** A name before an address. */
function encodeName(value: string): string {
  const name = value.replace(controls, ' ').trim()
  if (/^[A-Za-z0-9 ]{1,60}$/.test(name)) return name
  if (plain.test(name) && name.length <= 60) return `"${name.replace(/["\\]/g, '\\$&')}"`
  return encodedWords(name)
}

/* A signature folds spaces, so a name with two in a row is written in another way. */
const plainName = /^(?! )(?!.* {2})[A-Za-z0-9 !#&+,._()-]{1,60}(?<! )$/

/**
 * A file name as the parameters of Content-Type and Content-Disposition: as it is when plain; else by RFC 2231, in as
 * many parts as it takes, and by RFC 2047 for the programs that know no better.
 */
export function encodeFileName(value: string): { type: string; disposition: string } {
  const bare = value.replace(controls, ' ').replace(/[\\/]/g, '_')
  const name = bare.trim().toWellFormed() || 'file'
  if (plainName.test(name)) return { type: `name="${name}"`, disposition: `filename="${name}"` }
  return {
    type: `name="${encodedWords(name)}"`,
    disposition: continuations('filename', name),
  }
}

/** `filename*0*=UTF-8''…`, each on a line of its own and none cut inside a character. */
function continuations(parameter: string, value: string): string {
  const parts: string[] = []
  let part = "UTF-8''"
  for (const character of value) {
    const encoded = percent(character)
    if (part.length + encoded.length > 55) {
      parts.push(part)
      part = ''
    }
    part += encoded
  }
  parts.push(part)
  if (parts.length === 1) return `${parameter}*=${part}`
  return parts.map((one, at) => `${parameter}*${at}*=${one}`).join(';\r\n ')
}

const percent = (character: string) =>
  encodeURIComponent(character).replace(
    /['()*!]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  )

export function encodeAddress(name: string, address: string): string {
  const bare = address.replace(/[\s<>,;]+/g, '')
  return name.trim() === '' ? bare : `${encodeName(name)} <${bare}>`
}

/** B words of at most 75 characters that never cut a character in two. */
function encodedWords(text: string): string {
  const words: string[] = []
  let word = ''
  for (const character of text.toWellFormed()) {
    if (Buffer.byteLength(word + character) > 42) {
      words.push(word)
      word = ''
    }
    word += character
  }
  return [...words, word]
    .map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`)
    .join('\r\n ')
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export function mailDate(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const time = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(two).join(':')
  return `${days[at.getUTCDay()]}, ${at.getUTCDate()} ${months[at.getUTCMonth()]} ${at.getUTCFullYear()} ${time} +0000`
}
