import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { inFrench } from '#core/kernel/french-spaces.ts'
import { Locale } from '#core/kernel/values.ts'

/* One catalogue per feature and language, `features/x/locale/fr.json`, loaded when a page first uses it
   with `useTranslation('x')`. What every page needs is in `locale/`, the namespace `common`. */
const catalogues = import.meta.glob<{ default: object }>([
  '../features/*/locale/*.json',
  '../locale/*.json',
])

const storageKey = 'malleposte-locale'

function initialLocale(): Locale {
  const stored = Locale.safeParse(localStorage.getItem(storageKey))
  if (stored.success) return stored.data
  return navigator.language.startsWith('fr') ? 'fr' : 'en'
}

const backend = {
  type: 'backend' as const,
  async read(locale: string, namespace: string): Promise<object> {
    const path =
      namespace === 'common'
        ? `../locale/${locale}.json`
        : `../features/${namespace}/locale/${locale}.json`
    const load = catalogues[path]
    if (!load) throw new Error(`no catalogue ${path}`)
    const texts = (await load()).default
    return locale === 'fr' ? inFrench(texts) : texts
  },
}

export async function startI18n(): Promise<void> {
  i18next.on('languageChanged', (locale) => {
    document.documentElement.lang = locale
  })
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: initialLocale(),
      fallbackLng: false,
      ns: ['common'],
      defaultNS: 'common',
      interpolation: { escapeValue: false },
      // A text that is missing is a defect: the journeys fail on it.
      saveMissing: true,
      saveMissingTo: 'current',
      missingKeyHandler: (_, namespace, key) =>
        reportError(new Error(`no text ${namespace}:${key}`)),
    })
}

export async function setLocale(locale: Locale): Promise<void> {
  localStorage.setItem(storageKey, locale)
  await i18next.changeLanguage(locale)
}
