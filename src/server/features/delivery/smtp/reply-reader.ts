import type { SmtpReply } from '#core/delivery/outcome.ts'

const longestReply = 64 * 1024

/** Cuts what a server says into replies. Throws when it says what no SMTP server says. */
export function createReplyReader(onReply: (reply: SmtpReply, lines: string[]) => void) {
  let rest = ''
  let lines: string[] = []
  return (chunk: string): void => {
    rest += chunk
    let end = rest.indexOf('\n')
    while (end >= 0) {
      const line = rest.slice(0, end).replace(/\r$/, '')
      rest = rest.slice(end + 1)
      end = rest.indexOf('\n')
      const [, code, more, text = ''] = /^(\d{3})([ -]?)(.*)$/.exec(line) ?? []
      if (!code) throw new Error(`not an SMTP reply: ${line.slice(0, 80)}`)
      lines.push(text)
      if (more === '-') continue
      const whole = lines
      lines = []
      onReply({ code: Number(code), text: whole.join(' ').slice(0, 1_000) }, whole)
    }
    if (rest.length > longestReply || lines.length > 500) throw new Error('endless SMTP reply')
  }
}
