import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cutAtBodyEnd, openImageHtml, withoutOpenImage } from './open-image.ts'
import { join, type Piece } from './pieces.ts'

const field: Piece = { field: 'lastName', fallback: '', target: 'html' }
const piece = fc.oneof(
  fc.constant(field),
  fc.constantFrom('<p>', '</body>', '</BODY >', '</html>', 'x'),
)

it('has its place before the last end of the body, and nothing of the message is lost', () => {
  fc.assert(
    fc.property(fc.array(piece), (given) => {
      const html = join(given)
      const [before, after] = cutAtBodyEnd(html)
      expect(join([...before, ...after])).toEqual(html)
      const text = (of: readonly Piece[]) => of.map((one) => JSON.stringify(one)).join('')
      expect(text(after.slice(1))).not.toMatch(/<\/body/i)
      if (after.length > 0) expect(after[0]).toMatch(/^<\/body\s*>/i)
      else expect(text(html)).not.toMatch(/<\/body\s*>/i)
    }),
  )
})

it('is taken out of a message that somebody else looks at; its words and other images stay', () => {
  const image = 'https://desk.example/o/1a.abcdefghijklmnopqrstuv'
  const ours = openImageHtml('fr', { image, unsubscribe: 'https://desk.example/u/x' })
  expect(ours).toContain(image)
  const seen = withoutOpenImage(`<img src="https://shop.example/o/logo.png" width="90">${ours}`)
  expect(seen).not.toContain(image)
  expect(seen).toContain('logo.png')
  expect(seen).toContain('https://desk.example/u/x#measuring')
})
