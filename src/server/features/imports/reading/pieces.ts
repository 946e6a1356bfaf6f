import { open } from 'node:fs/promises'

/** A file piece by piece in one buffer, used again for the next: a piece is the caller's until it asks for another. */
export async function* readPieces(path: string, size: number): AsyncGenerator<Buffer> {
  const file = await open(path)
  const buffer = Buffer.allocUnsafe(size)
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, size, null)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}
