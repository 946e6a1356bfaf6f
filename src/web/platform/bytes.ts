import { useTranslation } from 'react-i18next'

const kilobyte = { name: 'kilobyte', from: 2 ** 10 } as const
const units = [
  { name: 'gigabyte', from: 2 ** 30 },
  { name: 'megabyte', from: 2 ** 20 },
  kilobyte,
] as const

/** Sizes of files in the language of the page: `2,3 Mo`. */
export function useBytes(): (value: number) => string {
  const { language } = useTranslation().i18n
  return (value) => {
    const unit = units.find(({ from }) => value >= from) ?? kilobyte
    const digits = unit === kilobyte ? 0 : 1
    const options = { style: 'unit', unit: unit.name, maximumFractionDigits: digits } as const
    const size = new Intl.NumberFormat(language, options).format(Math.max(1, value / unit.from))
    // As in other formats: U+202F is almost invisible.
    return size.replaceAll('\u202f', '\u00a0')
  }
}
