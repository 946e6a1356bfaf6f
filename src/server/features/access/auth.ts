import type { Services } from '#platform/http/app.ts'

/** Cookies ignore ports: without the port in the name two installations on one host sign each other out. */
export function sessionCookie({ config, secrets }: Pick<Services, 'config' | 'secrets'>) {
  const secure = config.publicUrl.startsWith('https:')
  const prefix = secure ? 'malleposte' : `malleposte-${config.port}`
  return {
    prefix,
    secure,
    name: `${secure ? '__Secure-' : ''}${prefix}.session_token`,
    secret: secrets.derive('sessions'),
  }
}
