/** The public page behind an unsubscribe link: plain HTML, no script, no cookie, in the reader's language. */
import { measuringAnchor } from '#core/content/open-image.ts'
import { assertNever } from '#core/kernel/assert-never.ts'
import type { Locale } from '#core/kernel/values.ts'

const words = {
  fr: {
    title: 'Se désabonner',
    ask: (channel: string, address: string) =>
      `Vous ne voulez plus recevoir nos ${channel} à l’adresse <strong>${address}</strong> ?`,
    askSms: (address: string) =>
      `Vous ne voulez plus recevoir nos SMS au <strong>${address}</strong> ?`,
    leave: 'Me désabonner',
    leftTitle: 'C’est fait',
    left: (address: string) =>
      `Nous n’écrirons plus à <strong>${address}</strong>. Les messages déjà partis peuvent encore arriver.`,
    undo: 'C’était une erreur : me réabonner',
    backTitle: 'Vous êtes de nouveau abonné',
    back: (address: string) => `Nous pouvons de nouveau écrire à <strong>${address}</strong>.`,
    testTitle: 'Ceci était un essai',
    test: 'Le message venait d’un envoi d’essai. Dans un vrai message, ce lien permet de se désabonner en un clic.',
    badTitle: 'Lien inconnu',
    bad: 'Ce lien n’est pas complet ou n’est pas de nous. Copiez-le en entier depuis le message reçu.',
    mails: 'e-mails',
    measuringTitle: 'Mesure des ouvertures',
    measuring:
      'Vous avez accepté que nous mesurions si vous ouvrez nos e-mails. Vous pouvez continuer à les recevoir sans cela.',
    unmeasure: 'Ne plus mesurer mes ouvertures',
    unmeasured: (address: string) =>
      `Nous ne mesurons plus l’ouverture des e-mails envoyés à <strong>${address}</strong>, et ce qui avait été noté est effacé.`,
  },
  en: {
    title: 'Unsubscribe',
    ask: (channel: string, address: string) =>
      `Do you no longer want to receive our ${channel} at <strong>${address}</strong>?`,
    askSms: (address: string) =>
      `Do you no longer want to receive our text messages at <strong>${address}</strong>?`,
    leave: 'Unsubscribe me',
    leftTitle: 'Done',
    left: (address: string) =>
      `We will not write to <strong>${address}</strong> any more. Messages already on their way may still arrive.`,
    undo: 'That was a mistake: subscribe me again',
    backTitle: 'You are subscribed again',
    back: (address: string) => `We may write to <strong>${address}</strong> again.`,
    testTitle: 'This was a test',
    test: 'The message came from a test sending. In a real message this link unsubscribes in one click.',
    badTitle: 'Unknown link',
    bad: 'This link is not complete, or not ours. Copy all of it from the message you received.',
    mails: 'e-mails',
    measuringTitle: 'Measuring openings',
    measuring:
      'You agreed that we measure whether you open our e-mails. You can go on receiving them without that.',
    unmeasure: 'Stop measuring my openings',
    unmeasured: (address: string) =>
      `We no longer measure whether e-mails to <strong>${address}</strong> are opened, and what had been noted is erased.`,
  },
} as const

export type Page =
  | {
      kind: 'ask' | 'left' | 'back' | 'unmeasured'
      address: string
      channel: 'email' | 'sms'
      shop: string
      /** Openings are measured: the page offers to end it, apart from unsubscribing. */
      isMeasured: boolean
      action: string
    }
  | { kind: 'test' | 'bad' }

export function renderPage(page: Page, locale: Locale): string {
  const t = words[locale]
  if (!('action' in page)) {
    const [title, text] = page.kind === 'test' ? [t.testTitle, t.test] : [t.badTitle, t.bad]
    return frame(locale, title, `<p>${text}</p>`)
  }
  const { title, body } = saidOf(page, locale)
  return frame(locale, title, body + (page.isMeasured ? measuring(page, locale) : ''), page.shop)
}

type Said = Exclude<Page, { kind: 'test' | 'bad' }>

function saidOf(page: Said, locale: Locale): { title: string; body: string } {
  const t = words[locale]
  const { kind, channel, action } = page
  const address = escapeHtml(page.address)
  switch (kind) {
    case 'ask': {
      const question = channel === 'sms' ? t.askSms(address) : t.ask(t.mails, address)
      return { title: t.title, body: `<p>${question}</p>${form(action, t.leave)}` }
    }
    case 'left': {
      const body = `<p>${t.left(address)}</p>${form(`${action}/undo`, t.undo, 'quiet')}`
      return { title: t.leftTitle, body }
    }
    case 'back':
      return {
        title: t.backTitle,
        body: `<p>${t.back(address)}</p>${form(action, t.leave, 'quiet')}`,
      }
    case 'unmeasured':
      return { title: t.leftTitle, body: `<p>${t.unmeasured(address)}</p>` }
    default:
      return assertNever(kind)
  }
}

const measuring = ({ action }: Said, locale: Locale) => {
  const t = words[locale]
  return `<section id="${measuringAnchor}"><h2>${t.measuringTitle}</h2><p>${t.measuring}</p>${form(`${action}/unmeasure`, t.unmeasure, 'quiet')}</section>`
}

const form = (action: string, label: string, look = 'main') =>
  `<form method="post" action="${escapeHtml(action)}"><input type="hidden" name="from" value="page"><button class="${look}">${label}</button></form>`

function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

const style = `
  :root { color-scheme: light dark; font-family: Inter, system-ui, sans-serif; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #f5f7fa; color: #1d2330; }
  main { box-sizing: border-box; width: min(30rem, calc(100% - 2rem)); padding: 2.5rem 2rem; background: #fff; border: 1px solid #e3e7ee; border-radius: 12px; }
  header { color: #596273; font-weight: 600; margin: 0 0 1rem; }
  h1 { font-size: 1.5rem; margin: 0 0 1rem; }
  section { margin-top: 2rem; padding-top: 1.5rem; border-top: 1px solid #8a93a333; }
  h2 { font-size: 1.05rem; margin: 0 0 .5rem; }
  p { line-height: 1.55; margin: 0 0 1.5rem; overflow-wrap: anywhere; }
  button { font: inherit; font-weight: 600; border-radius: 8px; padding: .75rem 1.25rem; cursor: pointer; min-height: 44px; }
  .main { background: #2f52b3; color: #fff; border: 1px solid #2f52b3; }
  .quiet { background: transparent; color: inherit; border: 1px solid #7d8696; }
  button:focus-visible { outline: 3px solid #8aa6ec; outline-offset: 2px; }
  @media (prefers-color-scheme: dark) {
    body { background: #101318; color: #e7eaf0; }
    main { background: #171a21; border-color: #2b303b; }
    header { color: #a5adbb; }
  }`

const frame = (locale: Locale, title: string, body: string, shop = '') =>
  `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title><style>${style}</style></head>
<body><main>${shop === '' ? '' : `<header>${escapeHtml(shop)}</header>`}<h1>${title}</h1>${body}</main></body></html>
`
