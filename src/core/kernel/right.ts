/** Everything a person can be allowed to do. `sections` is how the settings page groups them (P-7). */
export const sections = {
  'customer-file': [
    'customers.view',
    'customers.create',
    'customers.write',
    'mailings.view',
    'mailings.write',
  ],
  operations: ['calls.make', 'calls.supervise', 'activities.view', 'activities.write'],
  data: ['imports.run', 'exports.run'],
  system: ['settings.manage', 'access.manage'],
} as const

export type Right = (typeof sections)[keyof typeof sections][number]

export const rights: readonly Right[] = Object.values(sections).flat()

/** The right that brings another with it: who may change cards may create them too. */
const impliedBy: Readonly<Partial<Record<Right, Right>>> = {
  'customers.create': 'customers.write',
}

/** Whether these given rights hold the right, itself or by one that brings it. */
export function holds(given: readonly string[], right: Right): boolean {
  const wider = impliedBy[right]
  return given.includes(right) || (wider !== undefined && given.includes(wider))
}

/** All that these given rights come to. */
export const withImplied = (given: readonly string[]): Right[] =>
  rights.filter((right) => holds(given, right))
