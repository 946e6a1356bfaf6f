/** The way into a new installation: links printed on the console, no password that anybody could know. */
import { randomUUID } from 'node:crypto'
import type { Services } from '#platform/http/app.ts'
import { issue } from './links.ts'
import { makeAdministrator } from './sign-in.ts'
import * as people from './user-queries.ts'

export type Welcome = {
  /** Creates the administrator; null as soon as there is one with a password. */
  firstRun: string | null
  /** Signs in as the demo's administrator; null without a demo, or when there is a real one. */
  demo: string | null
}

const demoEmail = 'demo@malleposte.example'

/** Makes this start's links; those of earlier starts stop working. */
export async function welcome(services: Services): Promise<Welcome> {
  const { config, now } = services
  return services.db.transaction().execute(async (db) => {
    await people.lockRights(db)
    if ((await people.countAdministrators(db, 'by-password')) > 0) {
      return { firstRun: null, demo: null }
    }
    const firstRun = await issue({ db, config }, { purpose: 'first-run', userId: null }, now())
    if (!config.demo) return { firstRun: firstRun.url, demo: null }
    const all = await people.list(db)
    const known = all.find(({ email }) => email === demoEmail)
    if (!known && all.length > 0) return { firstRun: firstRun.url, demo: null }
    const userId = known?.id ?? randomUUID()
    if (!known) {
      await people.insert(db, userId, { name: 'Camille Démo', email: demoEmail, locale: 'fr' })
      await makeAdministrator(db, userId, 'fr')
    }
    const demo = await issue({ db, config }, { purpose: 'sign-in', userId }, now())
    return { firstRun: firstRun.url, demo: demo.url }
  })
}

/** What the console says at the start, in both languages of the product. */
export function welcomeText(address: string, { firstRun, demo }: Welcome): string {
  const lines = [`  Malleposte  ${address}`]
  if (demo) lines.push('', '  Démo · Demo (une fois · works once):', `  ${demo}`)
  if (firstRun) {
    lines.push('', '  Créer l’administrateur · Create the administrator:', `  ${firstRun}`)
  }
  return `\n${lines.join('\n')}\n\n`
}
