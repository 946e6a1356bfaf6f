/** Addresses that only the machine or its own network can mean; a gateway out there has none of them. */
import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { AppError } from '#core/kernel/app-error.ts'

const inside = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  inside.addSubnet(network, bits, 'ipv4')
}
for (const [network, bits] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  inside.addSubnet(network, bits, 'ipv6')
}

export function isInside(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return inside.check(mapped, 'ipv4')
  // Any other spelling of a mapped address is nobody's gateway either.
  if (/^::ffff:/i.test(address)) return true
  return inside.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

export type Pinned = { readonly address: string; readonly family: 4 | 6 }

/** Resolves a host once; the connection goes to this very address, so a second answer cannot lead elsewhere. */
export async function pin(host: string, allowInside: boolean): Promise<Pinned> {
  const name = host.replace(/^\[|\]$/g, '')
  const found = isIP(name)
    ? [{ address: name, family: isIP(name) }]
    : await lookup(name, { all: true })
  const first = found[0]
  if (!first) throw new Error(`${host} has no address`)
  if (!allowInside && found.some(({ address }) => isInside(address))) {
    throw new AppError(
      'invalid',
      'delivery/inside-address',
      `${host} is an address inside this network; a gateway must not be.`,
      { details: { host } },
    )
  }
  return { address: first.address, family: first.family === 6 ? 6 : 4 }
}

const own = new BlockList()
own.addSubnet('127.0.0.0', 8, 'ipv4')
own.addAddress('::1', 'ipv6')

/** The machine itself. */
export const isLoopback = (address: string): boolean =>
  own.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
