/** The marketing operation of the demo shop, half-way through (D-21): what is asked, which steps, who stands where. */

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
  {
    code: 'RENDEZVOUS',
    kind: 'yes-no',
    label: 'Souhaitez-vous un rendez-vous avec un conseiller de la boutique ?',
    choices: [],
  },
  {
    code: 'SATISFACTION',
    kind: 'choice',
    label: 'Êtes-vous satisfait de ce rendez-vous ?',
    choices: [
      { code: 'tres', label: 'Très satisfait' },
      { code: 'assez', label: 'Plutôt satisfait' },
      { code: 'peu', label: 'Pas satisfait' },
    ],
  },
  { code: 'REMARQUE', kind: 'text', label: 'Que pouvons-nous mieux faire ?', choices: [] },
] as const
type DemoQuestion = (typeof demoQuestions)[number]['code']

type Item = {
  question: DemoQuestion
  isRequired: boolean
  /** Asked only after this answer to an earlier question. */
  after?: { question: DemoQuestion; value: boolean }
}

/** The code of each is also what its steps name it by. */
export const demoQuestionnaires: readonly { code: string; label: string; items: Item[] }[] = [
  {
    code: 'RENTREE',
    label: 'Appel de rentrée',
    items: [
      { question: 'CATALOGUE', isRequired: true },
      { question: 'RAYON', isRequired: false, after: { question: 'CATALOGUE', value: true } },
      { question: 'RAISON', isRequired: false, after: { question: 'CATALOGUE', value: false } },
    ],
  },
  {
    code: 'RELANCE',
    label: 'Relance après le catalogue',
    items: [{ question: 'RENDEZVOUS', isRequired: true }],
  },
  {
    code: 'ENQUETE',
    label: 'Enquête de satisfaction',
    items: [
      { question: 'SATISFACTION', isRequired: true },
      { question: 'REMARQUE', isRequired: false },
    ],
  },
]

type Step = {
  label: string
  typeCode: 'email' | 'phoning' | 'export'
  /** The step that its people come from, by its place. */
  from: number | null
  /** Only they come whose answer to the question is yes. */
  condition?: { code: string; question: DemoQuestion }
  mail?: { subject: string; text: string }
  call?: { questionnaire: string; script: string }
}

export const demoSteps: readonly Step[] = [
  {
    label: 'E-mails de prospection',
    typeCode: 'email',
    from: null,
    mail: {
      subject: 'La nouvelle collection de rentrée vous attend',
      text: 'Bonjour, toute l’équipe vous souhaite une belle rentrée.',
    },
  },
  {
    label: 'Contact téléphonique',
    typeCode: 'phoning',
    from: 0,
    call: {
      questionnaire: 'RENTREE',
      script:
        'Bonjour, je vous appelle de la boutique. Vous avez reçu notre message de rentrée : avez-vous un instant ?',
    },
  },
  {
    label: 'Catalogue aux intéressés',
    typeCode: 'export',
    from: 1,
    condition: { code: 'INTERESSE', question: 'CATALOGUE' },
  },
  {
    label: 'Relance et rendez-vous',
    typeCode: 'phoning',
    from: 2,
    call: {
      questionnaire: 'RELANCE',
      script:
        'Bonjour {{greeting|Madame, Monsieur}}, vous avez reçu notre catalogue. Un conseiller peut vous montrer ce qui vous a plu.',
    },
  },
  {
    label: 'E-mails de confirmation',
    typeCode: 'email',
    from: 3,
    condition: { code: 'RENDEZVOUS', question: 'RENDEZVOUS' },
    mail: {
      subject: 'Votre rendez-vous est confirmé',
      text: 'Bonjour {{greeting|Madame, Monsieur}}, nous vous attendons {{appointment.when|à l’heure convenue}}. Lieu : {{appointment.place|notre boutique}}. À très bientôt !',
    },
  },
  {
    label: 'Enquête de satisfaction',
    typeCode: 'phoning',
    from: 4,
    call: {
      questionnaire: 'ENQUETE',
      script:
        'Bonjour {{greeting|Madame, Monsieur}}, vous aviez rendez-vous à la boutique {{appointment.when|récemment}}. Avez-vous deux minutes pour nous en parler ?',
    },
  },
]

type Standing = { status: string; wantsCatalogue: boolean | null }

/** Of those whom the first step has reached, the `at`th on the telephone. */
export function demoStanding(at: number): Standing {
  if (at % 3 === 0) return { status: 'to-do', wantsCatalogue: null }
  if (at % 5 === 1) return { status: 'ok-stop', wantsCatalogue: false }
  return { status: 'ok-continue', wantsCatalogue: true }
}

/** How many people the first step has, and how many of them went on to the telephone. */
export const demoTargets = { first: 60, called: 24 } as const
