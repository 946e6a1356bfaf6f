/** The marketing operation of the demo shop, half-way through (D-21): what is asked, which steps, who stands where. */
import type { ContentBody } from '../content/content.ts'

/** Titles of the tree, each below the one that it names (D-18). */
export const demoFolders = [
  { label: 'Salons', below: null },
  { label: 'Salons à Paris', below: 'Salons' },
  { label: 'Salon en Province', below: 'Salons' },
  { label: 'Prospection', below: null },
] as const

export const demoFamilies = ['Prospection', 'Salons', 'Fidélisation'] as const

export const demoQuestions = [
  {
    code: 'CATALOGUE',
    kind: 'yes-no',
    label: 'Voulez-vous recevoir notre catalogue ?',
    choices: [],
  },
  {
    code: 'RAYON',
    kind: 'choice',
    label: 'Quel rayon vous intéresse le plus ?',
    choices: [
      { code: 'femme', label: 'Femme' },
      { code: 'homme', label: 'Homme' },
      { code: 'maison', label: 'Maison' },
    ],
  },
  { code: 'RAISON', kind: 'text', label: 'Qu’est-ce qui vous a manqué chez nous ?', choices: [] },
] as const

/** `from` is the step that its people come from, by its place; `condition` asks for the catalogue's yes. */
export const demoSteps = [
  {
    label: 'E-mails de prospection',
    typeCode: 'email',
    from: null,
    condition: false,
    mail: {
      subject: 'La nouvelle collection de rentrée vous attend',
      text: 'Bonjour, toute l’équipe vous souhaite une belle rentrée.',
    },
  },
  { label: 'Contact téléphonique', typeCode: 'phoning', from: 0, condition: false, mail: null },
  { label: 'Catalogue aux intéressés', typeCode: 'export', from: 1, condition: true, mail: null },
  { label: 'Relance et rendez-vous', typeCode: 'phoning', from: 2, condition: false, mail: null },
  {
    label: 'E-mails de confirmation',
    typeCode: 'email',
    from: 3,
    condition: false,
    mail: {
      subject: 'Votre rendez-vous est confirmé',
      text: 'Bonjour, votre rendez-vous à la boutique est bien noté. À très bientôt !',
    },
  },
  { label: 'Enquête de satisfaction', typeCode: 'phoning', from: 4, condition: false, mail: null },
] as const

export const demoScript =
  'Bonjour, je vous appelle de la boutique. Vous avez reçu notre message de rentrée : avez-vous un instant ?'

export function demoMessage(subject: string, text: string): ContentBody {
  return {
    channel: 'email',
    subject,
    preheader: '',
    language: 'fr',
    mode: 'text',
    document: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] },
    html: '',
  }
}

type Standing = { status: string; wantsCatalogue: boolean | null }

/** Of those whom the first step has reached, the `at`th on the telephone. */
export function demoStanding(at: number): Standing {
  if (at % 3 === 0) return { status: 'to-do', wantsCatalogue: null }
  if (at % 5 === 1) return { status: 'ok-stop', wantsCatalogue: false }
  return { status: 'ok-continue', wantsCatalogue: true }
}

/** How many people the first step has, and how many of them went on to the telephone. */
export const demoTargets = { first: 60, called: 24 } as const
