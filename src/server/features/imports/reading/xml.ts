import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { AppError } from '#core/kernel/app-error.ts'

export const broken = (cause?: unknown) =>
  new AppError('invalid', 'imports/broken', 'The workbook is damaged or is not an XLSX file.', {
    ...(cause === undefined ? {} : { cause }),
  })

export type Handlers = {
  open: (name: string, attributes: SaxesTagPlain['attributes']) => void
  text?: (text: string) => void
  close?: (name: string) => void
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1)

/** Feeds pieces of XML to handlers, names without their prefix; a mistake in the XML is the file's. */
export function createXmlFeed(handlers: Handlers) {
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw broken(error)
  })
  parser.on('opentag', (tag) => handlers.open(localName(tag.name), tag.attributes))
  parser.on('text', (text) => handlers.text?.(text))
  parser.on('closetag', (tag) => handlers.close?.(localName(tag.name)))
  return { push: (piece: string) => void parser.write(piece), end: () => void parser.close() }
}

export async function feedAll(pieces: AsyncIterable<string>, handlers: Handlers): Promise<void> {
  const feed = createXmlFeed(handlers)
  let any = false
  for await (const piece of pieces) {
    any ||= piece !== ''
    feed.push(piece)
  }
  if (any) feed.end()
}
