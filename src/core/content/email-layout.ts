/** The page around an e-mail: width, dark mode, preheader, and the footer that cannot be taken away. */
import type { Locale } from '../kernel/values.ts'
import { type Findings, type Piece, piecesOf } from './pieces.ts'
import { escapeHtml } from './template.ts'

export type Sender = {
  /** Of the shop or company, as recipients know it. */
  readonly name: string
  /** Postal address, on one or several lines. */
  readonly address: string
}

const words = {
  fr: {
    why: 'Vous recevez ce message parce que vous êtes client ou contact de notre maison.',
    leave: 'Se désabonner',
  },
  en: {
    why: 'You receive this message because you are a customer or contact of ours.',
    leave: 'Unsubscribe',
  },
} as const satisfies Record<Locale, { why: string; leave: string }>

const font = "Inter,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

const css = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  body { margin: 0; padding: 0; -webkit-text-size-adjust: 100%; }
  @media (max-width: 620px) { .mp-pad { padding: 24px 20px !important; } .mp-outer { padding: 0 !important; } }
  @media (prefers-color-scheme: dark) {
    .mp-canvas { background-color: #12151b !important; }
    .mp-paper { background-color: #1b1f27 !important; color: #e7eaf0 !important; border-color: #2b303b !important; }
    .mp-link { color: #9bb4f2 !important; }
    .mp-button { background-color: #3b63cf !important; }
    .mp-rule { border-top-color: #3a414e !important; }
    .mp-footer, .mp-footer a { color: #a5adbb !important; }
  }
`

export const documentStart = (language: Locale, subject: readonly Piece[]): Piece[] => [
  `<!doctype html>\n<html lang="${language}">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n<meta name="supported-color-schemes" content="light dark">\n<title>`,
  ...subject,
  `</title>\n<style>${css}</style>\n</head>\n`,
]

/* The invisible characters keep mail programs from filling the line with the beginning of the text. */
export const preheaderHtml = (preheader: readonly Piece[]): Piece[] =>
  preheader.length === 0
    ? []
    : [
        '<div style="display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all">',
        ...preheader,
        '&#847;&zwnj;&nbsp;'.repeat(40),
        '</div>\n',
      ]

export const paperStart = `<table role="presentation" class="mp-canvas" width="100%" border="0" cellpadding="0" cellspacing="0" style="background-color:#f3f5f8"><tr><td class="mp-outer" align="center" style="padding:32px 12px">
<table role="presentation" class="mp-paper" width="600" border="0" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px;background-color:#ffffff;color:#1d2330;border:1px solid #e3e7ee;border-radius:10px;font-family:${font}"><tr><td class="mp-pad" style="padding:40px 44px">
`
export const paperEnd = '\n</td></tr></table>\n'
export const canvasEnd = '</td></tr></table>\n'

export function footerHtml(sender: Sender, language: Locale, findings: Findings): Piece[] {
  const { why, leave } = words[language]
  const lines = [sender.name, ...sender.address.split('\n')].map((line) => line.trim())
  const identity = lines.filter((line) => line !== '').map(escapeHtml)
  return [
    `<table role="presentation" width="600" align="center" border="0" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px"><tr><td class="mp-footer" align="center" style="padding:20px 24px 28px;font-family:${font};font-size:12px;line-height:1.6;color:#5d6675;text-align:center">${identity.join(' · ')}${identity.length > 0 ? '<br>' : ''}${escapeHtml(why)}<br><a href="`,
    ...piecesOf('{{unsubscribeUrl}}', { place: 'body', target: 'address' }, findings),
    `" style="color:#5d6675;text-decoration:underline">${leave}</a></td></tr></table>\n`,
  ]
}

export function footerText(sender: Sender, language: Locale): string {
  const { why, leave } = words[language]
  const identity = [sender.name, ...sender.address.split('\n')].filter((line) => line.trim() !== '')
  return ['-- ', ...identity, why, `${leave} : `].join('\n')
}
