/** The report of a file as a table of its own, for who opens it in a spreadsheet. */
import type { Locale } from '../kernel/values.ts'
import type { LineReason } from './file.ts'

export const reportHeaders: Record<Locale, readonly string[]> = {
  fr: ['Ligne', 'FICHE', 'TIERS', 'CONTACT', 'Motif'],
  en: ['Line', 'FICHE', 'TIERS', 'CONTACT', 'Reason'],
}

export const reportWords: Record<Locale, Record<LineReason, string>> = {
  fr: {
    'code-missing': 'Code absent',
    'unknown-fiche': 'FICHE inconnue',
    'unknown-code': 'Code inconnu',
    'other-fiche': 'Le tiers n’est pas de cette FICHE',
    'unknown-contact': 'Contact inconnu chez ce tiers',
    duplicate: 'En double dans le fichier',
    'wrong-kind': 'Type de tiers que l’opération ne cible pas',
    contacted: 'Déjà dans une autre étape de l’opération',
    already: 'Déjà dans l’étape',
  },
  en: {
    'code-missing': 'Code missing',
    'unknown-fiche': 'Unknown FICHE',
    'unknown-code': 'Unknown code',
    'other-fiche': 'The party is not of this FICHE',
    'unknown-contact': 'No such contact of this party',
    duplicate: 'Twice in the file',
    'wrong-kind': 'A kind of party that the operation does not target',
    contacted: 'In another step of the operation already',
    already: 'In the step already',
  },
}
