/** A mail server for tests, on a free port of this machine: as much of RFC 5321 as one mail needs, and the faults that a real one has. */
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

export interface ReceivedMail {
  from: string
  to: string[]
  /** Headers and body as they came, dots undone. */
  raw: string
  /** Decoded. */
  subject: string
  text: string
}

export type SmtpFault =
  /** Says 451 once the mail is there. */
  | 'busy'
  /** Takes the whole mail, and the line ends before a word comes back. */
  | 'drops-after-data'
  /** Says 550 to the recipient. */
  | 'refuses-recipient'
  /** Says 530 to everybody who has not signed in. */
  | 'wants-sign-in'

export async function startSmtpServer() {
  const mails: ReceivedMail[] = []
  const sockets = new Set<Socket>()
  const state: { fault: SmtpFault | undefined; port: number } = { fault: undefined, port: 0 }

  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined) // The other side's end of a cut line.
    let rest = ''
    let data: string | undefined
    let from = ''
    let to: string[] = []
    const say = (line: string) => void socket.write(`${line}\r\n`)
    const address = (line: string) => /<([^>]*)>/.exec(line)?.[1] ?? ''

    function received(raw: string) {
      if (state.fault === 'busy') return say('451 try again later')
      mails.push({ from, to, raw, ...decoded(raw) })
      if (state.fault === 'drops-after-data') return socket.destroy()
      say('250 taken')
    }

    function heard(line: string) {
      const verb = line.slice(0, 4).toUpperCase()
      if (verb === 'EHLO') return say('250-test\r\n250 8BITMIME')
      if (verb === 'MAIL') {
        if (state.fault === 'wants-sign-in') return say('530 sign in first')
        from = address(line)
        to = []
        return say('250 ok')
      }
      if (verb === 'RCPT') {
        if (state.fault === 'refuses-recipient') return say('550 no such person')
        to.push(address(line))
        return say('250 ok')
      }
      if (verb === 'DATA') {
        data = ''
        return say('354 go on')
      }
      if (verb === 'QUIT') {
        say('221 bye')
        return socket.end()
      }
      say('250 ok')
    }

    socket.on('data', chunk => {
      rest += chunk.toString('utf8')
      for (;;) {
        const end = rest.indexOf('\r\n')
        if (end < 0) return
        const line = rest.slice(0, end)
        rest = rest.slice(end + 2)
        if (data === undefined) heard(line)
        else if (line === '.') {
          const raw = data
          data = undefined
          received(raw)
        } else data += `${line.startsWith('.') ? line.slice(1) : line}\r\n`
      }
    })
    say('220 test')
  })

  async function listen() {
    server.listen(state.port, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (typeof address === 'object' && address !== null) state.port = address.port
  }
  async function close() {
    if (!server.listening) return
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  }
  await listen()
  return {
    mails,
    get url() {
      return new URL(`smtp://127.0.0.1:${state.port}`)
    },
    fails(fault: SmtpFault | undefined) {
      state.fault = fault
    },
    /** Nobody listens there any more, until it is back on the same port. */
    goesAway: close,
    comesBack: listen,
    close,
  }
}

export type SmtpServer = Awaited<ReturnType<typeof startSmtpServer>>

/** Of a message with one part of plain text. */
function decoded(raw: string): Pick<ReceivedMail, 'subject' | 'text'> {
  const [head = '', ...body] = raw.split('\r\n\r\n')
  const headers = head.replace(/\r\n[ \t]+/g, ' ')
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(headers)?.[1] ?? ''
  const content = body.join('\r\n\r\n')
  const encoding = header('Content-Transfer-Encoding').toLowerCase()
  const text =
    encoding === 'base64'
      ? Buffer.from(content, 'base64').toString('utf8')
      : encoding === 'quoted-printable'
        ? unquoted(content.replace(/=\r\n/g, ''), /=([0-9A-F]{2})/gi)
        : content
  return { subject: header('Subject').replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=\s*/gi, word), text }
}

const word = (_: string, form: string, content: string) =>
  form.toUpperCase() === 'B'
    ? Buffer.from(content, 'base64').toString('utf8')
    : unquoted(content.replaceAll('_', ' '), /=([0-9A-F]{2})/gi)

/** Bytes written as `=EA`; everything else is ASCII. */
function unquoted(text: string, pattern: RegExp): string {
  return Buffer.from(
    text.replace(pattern, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')
}
