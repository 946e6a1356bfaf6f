/**
 * French puts a space before : ; ! ? % and inside « », at which a line must not break. Texts are written with plain
 * spaces, which authors see, and get the others where they enter a page or a sentence.
 */
const frenchSpaces = (text: string): string => text.replace(/ (?=[:;!?%»])|(?<=«) /g, '\u00a0')

/** A whole catalogue of texts. */
export function inFrench<Catalogue>(catalogue: Catalogue): Catalogue {
  return JSON.parse(JSON.stringify(catalogue), (_, value: unknown) =>
    typeof value === 'string' ? frenchSpaces(value) : value,
  )
}
