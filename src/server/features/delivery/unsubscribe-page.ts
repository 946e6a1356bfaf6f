/** The public page behind an unsubscribe link: plain HTML, no script, no cookie, in the reader's language. */
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
  },
} as const

export type Page =
  | {
      kind: 'ask' | 'left' | 'back'
      address: string
      channel: 'email' | 'sms'
      shop: string
      action: string
    }
  | { kind: 'test' | 'bad' }

export function renderPage(page: Page, locale: Locale): string {
  const t = words[locale]
  switch (page.kind) {
    case 'test':
      return frame(locale, t.testTitle, `<p>${t.test}</p>`)
    case 'bad':
      return frame(locale, t.badTitle, `<p>${t.bad}</p>`)
    case 'ask': {
      const address = escapeHtml(page.address)
      const question = page.channel === 'sms' ? t.askSms(address) : t.ask(t.mails, address)
      return frame(locale, t.title, `<p>${question}</p>${form(page.action, t.leave)}`, page.shop)
    }
    case 'left':
      return frame(
        locale,
        t.leftTitle,
        `<p>${t.left(escapeHtml(page.address))}</p>${form(`${page.action}/undo`, t.undo, 'quiet')}`,
        page.shop,
      )
    case 'back':
      return frame(
        locale,
        t.backTitle,
        `<p>${t.back(escapeHtml(page.address))}</p>${form(page.action, t.leave, 'quiet')}`,
        page.shop,
      )
  }
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
