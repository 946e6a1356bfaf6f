import { z } from 'zod'

/** Who writes: the name and postal address in the footer of every e-mail, as the law asks. */
export const SenderIdentity = z.object({
  name: z.string().trim().max(120).default(''),
  address: z.string().trim().max(500).default(''),
})
export type SenderIdentity = z.infer<typeof SenderIdentity>
