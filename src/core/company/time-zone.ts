import { z } from 'zod'

export const defaultTimeZone = 'Europe/Paris'

/** Its IANA name, as this program's own list has it. */
export const TimeZone = z
  .string()
  .refine((name) => Intl.supportedValuesOf('timeZone').includes(name), {
    message: 'There is no such time zone.',
  })
