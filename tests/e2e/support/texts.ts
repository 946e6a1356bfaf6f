import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import i18next, { type TFunction } from 'i18next'
import { inFrench } from '#core/kernel/french-spaces.ts'

const web = join(import.meta.dirname, '../../../src/web')

export type Locale = 'fr' | 'en'

/** The catalogues of one language by namespace, as the web app names them. */
export function readCatalogues(locale: Locale): Record<string, object> {
  const read = (folder: string): object =>
    JSON.parse(readFileSync(join(web, folder, 'locale', `${locale}.json`), 'utf8'))
  const features = readdirSync(join(web, 'features'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => readdirSync(join(web, 'features', name)).includes('locale'))
  return {
    common: read('.'),
    ...Object.fromEntries(features.map((name) => [name, read(`features/${name}`)])),
  }
}

const shown = (catalogues: Record<string, object>, locale: Locale) =>
  locale === 'fr' ? inFrench(catalogues) : catalogues

/** Texts of the screen by message id (`common:nav.customers`), so that journeys survive a change of words. */
export async function texts(locale: Locale): Promise<TFunction> {
  const instance = i18next.createInstance()
  return instance.init({
    lng: locale,
    fallbackLng: false,
    defaultNS: 'common',
    resources: { [locale]: shown(readCatalogues(locale), locale) },
    interpolation: { escapeValue: false },
    saveMissing: true,
    missingKeyHandler: (_, namespace, key) => {
      throw new Error(`no text ${namespace}:${key} in ${locale}`)
    },
  })
}
