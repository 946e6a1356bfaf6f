const known = new Map<string, number>()

/** Digits after the decimal point of a currency: 2 for EUR, 0 for JPY. Amounts are integers of the smallest unit. */
export function minorDigits(currency: string): number {
  const digits =
    known.get(currency) ??
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
      .maximumFractionDigits ??
    2
  known.set(currency, digits)
  return digits
}
