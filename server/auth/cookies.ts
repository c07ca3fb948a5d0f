/**
 * The session's cookie. On https it is `__Host-dure` (Secure, no Domain: a browser accepts it from this host alone); on plain http, where a
 * browser would not keep that, plain `dure`. It belongs to one host, so the agencies of the demo can be signed in side by side.
 */
import { parseId, type SessionId } from '../../shared/ids.ts'

export interface SessionCookie {
  sessionId: SessionId
  secret: string
}

export interface Cookies {
  /** The session that a `Cookie` header names; undefined when there is none, or more than one to choose from. */
  read(header: string | undefined): SessionCookie | undefined
  /** A `Set-Cookie` header. */
  write(cookie: SessionCookie): string
  erase(): string
}

export function createCookies({ https }: { https: boolean }): Cookies {
  const name = https ? '__Host-dure' : 'dure'
  // Lax: a link from a mail opens the page signed in; nothing changes by a link, and changes also need our own Origin.
  const flags = `Path=/; HttpOnly; SameSite=Lax${https ? '; Secure' : ''}`
  return {
    read(header) {
      const found = (header ?? '')
        .split(';')
        .map(pair => pair.trim())
        .filter(pair => pair.startsWith(`${name}=`))
      if (found.length !== 1) return undefined
      const [id, secret = '', more] = (found[0] ?? '').slice(name.length + 1).split('.')
      const sessionId = parseId<SessionId>(id)
      if (sessionId === undefined || more !== undefined || !/^[A-Za-z0-9_-]{43}$/.test(secret)) return undefined
      return { sessionId, secret }
    },
    write: ({ sessionId, secret }) => `${name}=${sessionId}.${secret}; ${flags}`,
    erase: () => `${name}=; ${flags}; Max-Age=0`,
  }
}
