/** Why rows were not taken, in words, for the file that goes back to whoever made the first. */
import type { Locale } from '../kernel/values.ts'
import type { RejectReason } from './import.ts'

export const rejectHeaders: Record<Locale, readonly string[]> = {
  fr: ['Ligne', 'Colonne', 'Valeur', 'Motif'],
  en: ['Line', 'Column', 'Value', 'Reason'],
}

export const rejectWords: Record<Locale, Record<RejectReason, string>> = {
  fr: {
    missing: 'Valeur obligatoire absente',
    'not-a-date': 'Ce n’est pas une date',
    'not-a-number': 'Ce n’est pas un nombre',
    'not-an-email': 'Ce n’est pas une adresse e-mail',
    'not-a-currency': 'Devise inconnue',
    'not-yes-or-no': 'Ni oui ni non',
    'not-a-choice': 'Valeur hors de la liste',
    'too-long': 'Texte trop long',
    'too-large': 'Nombre trop grand',
    'unknown-customer': 'Client inconnu',
    'ambiguous-customer': 'Plusieurs fiches répondent à cette clé',
    'unknown-store': 'Magasin inconnu',
    'unknown-category': 'Catégorie inconnue',
    'unknown-card-type': 'Type de carte inconnu',
    duplicate: 'Ligne de ticket en double',
    'duplicate-key': 'Ce code est déjà pris',
    'duplicate-customer': 'Ce client est déjà plus haut dans le fichier',
    'deleted-customer': 'La fiche de ce client est supprimée',
    'too-many-cells': 'Plus de cellules que d’en-têtes',
  },
  en: {
    missing: 'A required value is missing',
    'not-a-date': 'Not a date',
    'not-a-number': 'Not a number',
    'not-an-email': 'Not an e-mail address',
    'not-a-currency': 'Unknown currency',
    'not-yes-or-no': 'Neither yes nor no',
    'not-a-choice': 'Not one of the choices',
    'too-long': 'Text too long',
    'too-large': 'Number too large',
    'unknown-customer': 'Unknown customer',
    'ambiguous-customer': 'Several cards answer to this key',
    'unknown-store': 'Unknown store',
    'unknown-category': 'Unknown category',
    'unknown-card-type': 'Unknown card type',
    duplicate: 'Receipt line given twice',
    'duplicate-key': 'This code is taken',
    'duplicate-customer': 'This customer is higher up in the file',
    'deleted-customer': 'This customer’s card is deleted',
    'too-many-cells': 'More cells than headers',
  },
}
