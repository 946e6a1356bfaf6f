import type { ContentBody, EmailContent } from '../content/content.ts'
import type { Block, Inline } from '../content/document.ts'

/** Text with merge fields in braces, as inline pieces. */
function inlines(text: string): Inline[] {
  return text
    .split(/(\{\{[^}]+\}\})/)
    .filter((part) => part !== '')
    .map((part): Inline => {
      const [, field = '', fallback = ''] = /^\{\{([^|}]+)\|?([^}]*)\}\}$/.exec(part) ?? []
      return field === ''
        ? { type: 'text', text: part }
        : { type: 'mergeField', attrs: { field, fallback } }
    })
}

const paragraph = (text: string): Block => ({ type: 'paragraph', content: inlines(text) })
const heading = (text: string): Block => ({
  type: 'heading',
  attrs: { level: 1 },
  content: inlines(text),
})
const button = (label: string, href: string): Block => ({ type: 'button', attrs: { label, href } })

function email(subject: string, preheader: string, ...content: Block[]): EmailContent {
  return {
    channel: 'email',
    subject,
    preheader,
    language: 'fr',
    mode: 'text',
    document: { type: 'doc', content },
    html: '',
  }
}

/** A letter of one paragraph. */
export const shortEmail = (subject: string, text: string): EmailContent =>
  email(subject, '', paragraph(text))

const shop = 'https://boutique.example.org'
const bye = paragraph('À très bientôt, toute l’équipe de la Maison Valette')

/** What the demo's mailings say, in the order of `demoMailings`; the last is the draft's. */
export const demoLetters: readonly (readonly ContentBody[])[] = [
  [
    email(
      '{{firstName|Bonjour}}, vous nous manquez',
      '−15 % sur toute la boutique, pour le plaisir de vous revoir',
      heading('Vous nous manquez'),
      paragraph('Bonjour {{firstName|à vous}},'),
      paragraph(
        'Voilà quelque temps que nous ne vous avons pas vu chez nous. Jusqu’à la fin du mois, une remise de 15 % vous attend dans votre boutique de {{storeCity|votre ville}}.',
      ),
      button('Voir les nouveautés', `${shop}/nouveautes`),
      bye,
    ),
    {
      channel: 'sms',
      text: 'Maison Valette : {{firstName|bonjour}}, vous nous manquez ! −15 % en boutique jusqu’à la fin du mois. STOP : répondez STOP',
    },
  ],
  [
    email(
      'Avant tout le monde : la collection Chemises',
      'Lin, chambray, popeline : trois jours rien que pour vous',
      heading('La collection Chemises, avant tout le monde'),
      paragraph('Bonjour {{firstName|à vous}},'),
      paragraph(
        'Lin, chambray, popeline : la nouvelle collection vous est ouverte trois jours avant les autres.',
      ),
      button('Découvrir les chemises', `${shop}/chemises`),
      bye,
    ),
  ],
  [
    email(
      'Vos ventes privées commencent demain',
      'Réservé aux cartes Or et Argent',
      heading('Ventes privées'),
      paragraph('Bonjour {{firstName|à vous}},'),
      paragraph(
        'Votre carte {{cardNumber|de fidélité}} vous ouvre les ventes privées, jusqu’à −40 %, dès demain.',
      ),
      button('Préparer ma visite', `${shop}/ventes-privees`),
      bye,
    ),
    {
      channel: 'sms',
      text: 'Maison Valette : vos ventes privées commencent demain, jusqu’à −40 %. STOP : répondez STOP',
    },
  ],
  [
    email(
      '{{firstName|Bonjour}}, vos chemises vous attendent',
      'Une retouche offerte pour toute chemise achetée',
      heading('Vos chemises vous attendent'),
      paragraph('Bonjour {{firstName|à vous}},'),
      paragraph(
        'Vous aimez nos chemises, et nous ne vous avons pas vu depuis deux mois. D’ici la fin du mois, la retouche est offerte pour toute chemise achetée.',
      ),
      button('Voir les chemises', `${shop}/chemises`),
      bye,
    ),
  ],
]

export const demoDraft = { label: 'Chemises : deux mois sans vous', controlPercent: 10 }
