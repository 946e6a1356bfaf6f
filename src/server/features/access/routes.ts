import { whoAmI } from '#core/access/api.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { App } from '#platform/http/app.ts'
import { route } from '#platform/http/route.ts'
import * as access from './queries.ts'

export function accessRoutes(app: App): void {
  route(app, whoAmI, async (_, { db, actor }) => {
    const me = await access.findMe(db, actor)
    if (!me) throw new AppError('unauthenticated', 'access/sign-in', 'Sign in first.')
    return me
  })
}
