import { z } from 'zod'
import { rights } from '../kernel/right.ts'
import { Locale } from '../kernel/values.ts'

export const RightName = z.enum(rights)

/** The signed-in person as the web app knows them. */
export const Me = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  locale: Locale,
  rights: z.array(RightName),
  twoFactorEnabled: z.boolean(),
})
export type Me = z.infer<typeof Me>
