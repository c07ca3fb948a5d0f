/** The HTTP server's own life: listening, and stopping in two steps, because the sockets in rooms are to be told before they are cut. */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The address cannot be listened on; the message says what to do. */
export class CannotListen extends Error {
  override name = 'CannotListen'
}

/** Resolves with the port. @throws {CannotListen} */
export function listen(server: Server, { port, host }: { port: number; host: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) =>
      reject(new CannotListen(wordsFor(error, port, host), { cause: error }))
    server.once('error', onError)
    server.listen({ port, host }, () => {
      server.off('error', onError)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** So long what is on its way may still come or go: a form in full, a large paper only if it is nearly through. */
const CUT_AFTER_MS = 10_000

/** From now on nobody new comes in. The promise inside resolves when the last connection has ended, or was cut. */
export function stopListening(server: Server): { allEnded: Promise<void> } {
  const cutting = setTimeout(() => server.closeAllConnections(), CUT_AFTER_MS)
  const allEnded = new Promise<void>(resolve => {
    server.close(() => {
      clearTimeout(cutting)
      resolve()
    })
  })
  server.closeIdleConnections()
  return { allEnded }
}

function wordsFor({ code, message }: NodeJS.ErrnoException, port: number, host: string): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is used by another program, perhaps by a Dure that still runs. Stop it, or set PORT to another.`
    case 'EACCES':
      return `Port ${port} may not be used by this account. Set PORT to 1024 or more, and let a reverse proxy listen on 443.`
    case 'EADDRNOTAVAIL':
      return `HOST ${host} is no address of this machine.`
    default:
      return `Dure cannot listen on ${host} port ${port}: ${message}`
  }
}
