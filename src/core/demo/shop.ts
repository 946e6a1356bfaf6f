/** The demo shop itself: « Maison Valette », clothes for everyone, five towns of France and Geneva. */

export type DemoStore = {
  code: string
  name: string
  postalCode: string
  city: string
  currency: 'EUR' | 'CHF'
  /** Share of the customers, in percent. */
  share: number
}

/** At the foot of its e-mails. */
export const demoSender = {
  name: 'Maison Valette',
  address: '12, rue de la République, 69002 Lyon',
}

export const demoStores: readonly DemoStore[] = [
  store('LYO', 'Lyon Presqu’île', '69002', 'Lyon', 28),
  store('BOR', 'Bordeaux Chartrons', '33000', 'Bordeaux', 19),
  store('NAN', 'Nantes Graslin', '44000', 'Nantes', 17),
  store('LIL', 'Lille Vieux-Lille', '59800', 'Lille', 16),
  store('ANN', 'Annecy', '74000', 'Annecy', 10),
  { ...store('GEN', 'Genève Rive', '1204', 'Genève', 10), currency: 'CHF' },
]

function store(
  code: string,
  name: string,
  ...[postalCode, city, share]: [string, string, number]
): DemoStore {
  return { code, name, postalCode, city, currency: 'EUR', share }
}

/** Department, then its articles with the price in euros. */
const range = {
  Chemises:
    'Oxford bleu 69, Oxford blanc 69, Popeline blanche 59, Popeline ciel 59, Lin écru 79, Flanelle carreaux 75, Chambray 72, Col Mao lin 82, Twill rayé 85, Chemisier soie 119, Chemisier fleuri 65, Voile de coton 62',
  Pantalons:
    'Chino beige 79, Chino marine 79, Jean brut 95, Jean délavé 89, Flanelle grise 129, Velours côtelé 99, Large crêpe 89, Toile kaki 75',
  Robes:
    'Portefeuille fleurie 109, Chemise rayée 99, Maille longue 119, Soie imprimée 189, Coton brodé 95, Cocktail noire 159',
  Mailles:
    'Mérinos col rond 89, Mérinos col V 89, Cachemire 169, Torsades écrues 119, Cardigan coton 85, Marinière 49, Col roulé 79, Gilet sans manches 69',
  Vestes:
    'Blazer marine 189, Veste lin 169, Velours 179, Saharienne 149, Veste de travail 129, Tailleur crêpe 199',
  Manteaux:
    'Caban 249, Trench 279, Laine long 329, Doudoune légère 189, Parka 229, Imperméable 159',
  Chaussures:
    'Derby cuir 159, Mocassins 139, Baskets blanches 109, Bottines 179, Sandales 89, Espadrilles 45',
  Accessoires:
    'Ceinture cuir 49, Écharpe laine 59, Foulard soie 75, Cravate 55, Chaussettes lot 19, Bonnet 29, Gants cuir 65, Pochette 15, Casquette 35, Parapluie 39',
  Enfant:
    'Chemise enfant 35, Robe enfant 39, Pull enfant 42, Salopette 45, Caban enfant 89, Jean enfant 39',
} as const

export type DemoArticle = {
  id: number
  code: string
  label: string
  departmentId: number
  /** Cents of a euro, tax included. */
  price: number
  cost: number
}

export const demoDepartments = Object.keys(range).map((label, at) => ({
  id: at + 1,
  code: `R${String(at + 1).padStart(2, '0')}`,
  label,
}))

export const demoArticles: readonly DemoArticle[] = Object.values(range)
  .flatMap((articles, at) => articles.split(', ').map((text) => ({ text, departmentId: at + 1 })))
  .map(({ text, departmentId }, at) => {
    const price = Number(/\d+$/.exec(text)?.[0] ?? 0) * 100
    return {
      id: at + 1,
      code: `A${String(1001 + at)}`,
      label: text.replace(/ \d+$/, ''),
      departmentId,
      price,
      // Bought at 38 to 46 percent of the price without tax.
      cost: Math.round((price / 1.2) * (0.38 + (at % 5) * 0.02)),
    }
  })

export const demoCategories = ['Carte Fidélité', 'Carte Argent', 'Carte Or'] as const

export const demoTags = [
  { label: 'VIP', colour: 'grape' },
  { label: 'Presse', colour: 'teal' },
  { label: 'Retouches', colour: 'orange' },
  { label: 'Mariage', colour: 'pink' },
] as const

const choice = (value: string) => ({ value, labelFr: value, labelEn: value })

export const demoCustomFields = [
  {
    key: 'shirt_size',
    labelFr: 'Taille de chemise',
    labelEn: 'Shirt size',
    type: 'choice',
    options: ['XS', 'S', 'M', 'L', 'XL', 'XXL'].map(choice),
  },
  { key: 'shoe_size', labelFr: 'Pointure', labelEn: 'Shoe size', type: 'number', options: [] },
  {
    key: 'paper_catalogue',
    labelFr: 'Reçoit le catalogue papier',
    labelEn: 'Gets the paper catalogue',
    type: 'boolean',
    options: [],
  },
  {
    key: 'wedding_day',
    labelFr: 'Jour du mariage',
    labelEn: 'Wedding day',
    type: 'date',
    options: [],
  },
] as const
