/** What a column can be, for each kind of import, and the headers that people give it. */
import { type CardFieldKey, cardFields, type FieldType } from '../parties/fields.ts'
import type { ImportKind } from './plan.ts'

/** How a target's cells look; what the guess from values compares with. */
export type Shape =
  | 'text'
  | 'email'
  | 'phone'
  | 'postal'
  | 'date'
  | 'number'
  | 'amount'
  | 'currency'
  | 'yes-no'
  | 'code'

export type Target = {
  readonly key: string
  readonly shape: Shape
  /** The import means nothing without it. */
  readonly required?: boolean
  /** Folded headers, French and English; see `headerKey`. */
  readonly names: readonly string[]
}

const names = (text: string) => text.split('|').map((name) => name.trim())

const cardNames: Record<CardFieldKey, string> = {
  code: 'code|code client|numero client|no client|n client|num client|client|id client|id|identifiant|reference client|ref client|customer id|customer number|customer no|customer code|client id|client number|member id|tiers|code tiers|account',
  kind: 'type client|type de tiers|nature de tiers|kind|customer type',
  nature: 'nature|personne ou societe|nature client|company or person',
  salutation: 'civilite|titre|ident|identifiant civilite|salutation|title',
  lastName:
    'nom|nom client|nom de famille|nom usuel|last name|surname|family name|lastname|name|customer name',
  firstName: 'prenom|prenom client|first name|firstname|given name|forename',
  company:
    'societe|raison sociale|entreprise|enseigne|company|company name|business name|organisation|organization',
  sex: 'sexe|genre|sex|gender',
  language: 'langue|language|lang|locale',
  address1:
    'adresse|adresse 1|adresse1|rue|voie|numero et rue|address|address 1|address1|street|address line 1',
  address2:
    'adresse 2|adresse2|complement|complement d adresse|complement adresse|batiment|address 2|address2|address line 2',
  postalCode: 'code postal|cp|code_postal|postal code|postcode|post code|zip|zip code|zipcode',
  city: 'ville|commune|localite|nom commune|city|town|locality',
  country: 'pays|code pays|country|country code|nation',
  phone:
    'telephone|tel|tel fixe|telephone fixe|tel domicile|telephone 1|fixe|phone|phone number|telephone number|landline|home phone',
  mobile:
    'portable|tel portable|telephone portable|mobile|telephone mobile|gsm|tel mobile|mobile phone|cell|cell phone|cellphone',
  email:
    'email|e mail|mail|courriel|adresse mail|adresse email|adresse e mail|adresse electronique|email address|e mail address',
  store: 'magasin|code magasin|boutique|point de vente|etablissement|store|shop|store code|branch',
  category:
    'categorie|categorie client|statut|fidelite|groupe|segment client|category|customer category|tier|loyalty level',
  cardNumber:
    'carte|numero carte|no carte|carte fidelite|numero de carte|code barre|ean|card|card number|loyalty card|barcode',
  cardType:
    'type de carte|type carte|type carte fidelite|type de carte fidelite|card type|loyalty card type',
  loyaltyPoints: 'points|points fidelite|points de fidelite|nombre de points|loyalty points',
  loyaltyItems:
    'articles carte|nombre articles|nb articles|articles de la carte|number of items|items',
  loyaltyVisits:
    'passages|nombre de passages|nb passages|nombre de visites|visites|visits|number of visits',
  loyaltyBonus: 'bonus|compteur bonus|bonus counter',
  loyaltySales:
    'ca carte|cumul achats|total achats|achats de la carte|ca fidelite|total sales|loyalty sales',
  loyaltyGift: 'montant cadeau|cadeau|cagnotte|gift amount|gift',
  loyaltyCurrency: 'devise carte|devise de la carte|card currency|loyalty currency',
  birthday:
    'naissance|date naissance|date de naissance|anniversaire|ne le|date anniversaire|birthday|birth date|birthdate|date of birth|dob|born',
  date2: 'date 2|date2|date libre 2',
  date3: 'date 3|date3|date libre 3',
  criterion1: 'critere 1|critere1|criterion 1|criterion1',
  criterion2: 'critere 2|critere2|criterion 2|criterion2',
  criterion3: 'critere 3|critere3|criterion 3|criterion3',
  doNotContact:
    'ne souhaite pas etre contacte|ne pas contacter|ne plus contacter|opposition|stop pub|desabonne|do not contact|no contact|opt out|optout|unsubscribed|do not mail',
  opensConsent:
    'accepte la mesure des ouvertures|mesure des ouvertures|mesure ouvertures|suivi des ouvertures|accord pixel|pixel de suivi|agrees to open tracking|open tracking|measures openings|tracking consent',
}

const shapeOfType: Record<FieldType, Shape> = {
  text: 'text',
  number: 'number',
  date: 'date',
  boolean: 'yes-no',
  choice: 'text',
  choices: 'text',
  money: 'amount',
}

const ownShapes: Partial<Record<CardFieldKey, Shape>> = {
  code: 'code',
  cardNumber: 'code',
  postalCode: 'postal',
  phone: 'phone',
  mobile: 'phone',
  email: 'email',
  loyaltyCurrency: 'currency',
}

const cardKeys = Object.keys(cardFields) as CardFieldKey[]

const customerTargets: readonly Target[] = [
  ...cardKeys.map((key) => ({
    key,
    shape: ownShapes[key] ?? shapeOfType[cardFields[key].type],
    names: names(cardNames[key]),
  })),
  {
    key: 'wish',
    shape: 'yes-no',
    names: names(
      'souhaite recevoir|souhaite recevoir les mailings|souhaite etre contacte|accepte mailing|mailing|newsletter|accepte|accord|consentement|optin|opt in|wishes mailings|accepts mailings|accepts marketing|subscribed|consent',
    ),
  },
  {
    key: 'tags',
    shape: 'text',
    names: names('etiquettes|etiquette|tags|tag|mots cles|labels|label'),
  },
]

const keyTarget: Target = {
  key: 'customer',
  shape: 'code',
  names: names(`${cardNames.code}|customerid|contact|compte|fiche client|email|e mail|carte`),
}

const salesTargets: readonly Target[] = [
  {
    key: 'receipt',
    shape: 'code',
    required: true,
    names: names(
      'ticket|numero ticket|no ticket|n ticket|num ticket|numero de ticket|facture|numero facture|no facture|piece|numero piece|commande|receipt|receipt number|receipt no|invoice|invoice no|invoice number|invoiceno|transaction|transaction id|order|order id|order number',
    ),
  },
  {
    key: 'line',
    shape: 'number',
    names: names('ligne|numero ligne|no ligne|num ligne|line|line no|line number'),
  },
  {
    key: 'soldAt',
    shape: 'date',
    required: true,
    names: names(
      'date|date vente|date de vente|date ticket|date heure|date facture|date achat|jour|sold at|sale date|date time|datetime|invoice date|invoicedate|order date|transaction date|purchase date',
    ),
  },
  { key: 'customer', shape: 'code', names: keyTarget.names },
  {
    key: 'article',
    shape: 'code',
    names: names(
      'article|code article|reference|ref|ref article|produit|code produit|sku|stock code|stockcode|item|item code|product|product code|product id',
    ),
  },
  {
    key: 'articleLabel',
    shape: 'text',
    names: names(
      'libelle|libelle article|designation|description|nom article|nom produit|article label|product name|item name|label',
    ),
  },
  {
    key: 'department',
    shape: 'text',
    names: names(
      'rayon|code rayon|famille|famille article|departement|department|family|category|product category|section',
    ),
  },
  {
    key: 'quantity',
    shape: 'number',
    names: names('quantite|qte|qty|quantity|nombre|nb|units'),
  },
  {
    key: 'amount',
    shape: 'amount',
    names: names(
      'montant|montant ttc|total|total ttc|total ligne|ca|ca ttc|chiffre d affaires|prix total|amount|line total|total amount|revenue|sales|net amount|line amount',
    ),
  },
  {
    key: 'unitPrice',
    shape: 'amount',
    names: names(
      'prix|prix unitaire|pu|pu ttc|prix unitaire ttc|prix vente|unit price|unitprice|price|price each',
    ),
  },
  {
    key: 'margin',
    shape: 'amount',
    names: names('marge|marge sortie|marge de sortie|marge brute|margin|gross margin|profit'),
  },
  {
    key: 'cost',
    shape: 'amount',
    names: names('cout|cout total|prix de revient|cost|total cost|cost of goods'),
  },
  {
    key: 'unitCost',
    shape: 'amount',
    names: names(
      'prix achat|prix d achat|pa|pamp|cout unitaire|unit cost|purchase price|cost price',
    ),
  },
  { key: 'store', shape: 'code', names: names(`${cardNames.store}|site|location`) },
  {
    key: 'till',
    shape: 'code',
    names: names(
      'caisse|code caisse|numero caisse|no caisse|num caisse|terminal|tpv|till|till number|till no|register|cash register|pos',
    ),
  },
  { key: 'currency', shape: 'currency', names: names('devise|monnaie|currency|currency code') },
]

const mailingTargets: readonly Target[] = [
  {
    key: 'label',
    shape: 'text',
    required: true,
    names: names(
      'mailing|libelle|libelle mailing|nom mailing|nom de la campagne|campagne|nom|label|name|campaign|campaign name|mailing name',
    ),
  },
  {
    key: 'sentOn',
    shape: 'date',
    required: true,
    names: names(
      'date|date mailing|date du mailing|date envoi|date d envoi|date expedition|date d expedition|sent on|send date|mailing date|sent',
    ),
  },
  {
    key: 'closedOn',
    shape: 'date',
    names: names('cloture|date cloture|date de cloture|closed on|closing date|closed'),
  },
  { key: 'customer', shape: 'code', names: keyTarget.names },
  {
    key: 'total',
    shape: 'number',
    names: names('total clients|clients|nombre clients|customers|total customers'),
  },
  {
    key: 'selected',
    shape: 'number',
    names: names(
      'selectionnes|clients selectionnes|nb selectionnes|nombre de clients selectionnes|selected|selected customers',
    ),
  },
  {
    key: 'withEmail',
    shape: 'number',
    names: names('avec email|avec e mail|clients avec e mail|with email|with e mail'),
  },
  {
    key: 'withMobile',
    shape: 'number',
    names: names('avec portable|avec mobile|clients avec portable|with mobile|with mobile phone'),
  },
  {
    key: 'returning',
    shape: 'number',
    names: names(
      'retours|clients en retour|nombre de clients en retour|retour|returning|returning customers|responses',
    ),
  },
  {
    key: 'revenue',
    shape: 'amount',
    names: names(
      'ca|ca genere|chiffre d affaires|ca sur le mailing|revenue|revenue generated|sales',
    ),
  },
  {
    key: 'quantity',
    shape: 'number',
    names: names('quantite|quantite vendue|qte|qte vendue|quantity|quantity sold'),
  },
  {
    key: 'margin',
    shape: 'amount',
    names: names(
      'marge|marge de sortie|marge cumulee|marge de sortie cumulee|margin|cumulative margin',
    ),
  },
  {
    key: 'totalMargin',
    shape: 'amount',
    names: names(
      'marge totale|marge cumulee totale|marge de sortie cumulee totale|total margin|cumulative total margin',
    ),
  },
  { key: 'currency', shape: 'currency', names: names('devise|monnaie|currency|currency code') },
]

export const targetsOf: Record<ImportKind, readonly Target[]> = {
  customers: customerTargets,
  sales: salesTargets,
  list: [{ ...keyTarget, required: true }],
  mailings: mailingTargets,
}

/** A custom field as the mapping needs it. */
export type CustomTarget = { key: string; labelFr: string; labelEn: string; type: FieldType }

export const customTargets = (fields: readonly CustomTarget[]): Target[] =>
  fields.map((field) => ({
    key: `custom.${field.key}`,
    shape: shapeOfType[field.type],
    names: [field.key, field.labelFr, field.labelEn],
  }))
