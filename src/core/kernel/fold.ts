/** Lower case without accents: the twin of the SQL function `fold`, for search and comparison. */
export function fold(text: string): string {
  return text.replace(/[A-ZÀ-ÖØ-ÝŸà-öø-ýÿœŒæÆ]/g, (letter) => folded.get(letter) ?? letter)
}

const accented = 'àáâãäåçèéêëìíîïñòóôõöøùúûüýÿ'
const plain = 'aaaaaaceeeeiiiinoooooouuuuyy'
const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

const folded = new Map<string, string>([
  ...[...capitals].map((letter) => [letter, letter.toLowerCase()] as const),
  ...[...accented].map((letter, at) => [letter, plain[at] ?? letter] as const),
  ...[...accented].map((letter, at) => [letter.toUpperCase(), plain[at] ?? letter] as const),
  ...['œ', 'Œ'].map((letter) => [letter, 'oe'] as const),
  ...['æ', 'Æ'].map((letter) => [letter, 'ae'] as const),
])
