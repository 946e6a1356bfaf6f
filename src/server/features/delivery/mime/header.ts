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
