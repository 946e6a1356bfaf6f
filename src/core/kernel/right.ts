/** Everything a person can be allowed to do. `sections` is how the settings page groups them (P-7). */
export const sections = {
  'customer-file': ['customers.view', 'customers.write', 'mailings.view', 'mailings.write'],
  operations: ['calls.make', 'calls.supervise', 'activities.view', 'activities.write'],
  data: ['imports.run', 'exports.run'],
  system: ['settings.manage', 'access.manage'],
} as const

export type Right = (typeof sections)[keyof typeof sections][number]

export const rights: readonly Right[] = Object.values(sections).flat()
