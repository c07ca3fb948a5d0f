/**
 * A network between browser and server that does not like WebSockets: a TCP proxy on this machine that hands requests on byte for byte and does as
 * it is told with those that ask for an upgrade. Whoever goes through it uses its port in the address, so the server has to know that name.
 */
import { connect, createServer, type Socket } from 'node:net'

export type UpgradeFate =
  /** Handed on. */
  | 'passes'
  | { answered: 403 | 502 }
  /** Neither answered nor closed. */
  | 'swallowed'
  /** Handed on, and cut so long after. */
  | { cutAfterMs: number }

export interface BlockingProxy {
  port: number
  targetPort: number
  /** What becomes of upgrades from now on. */
  fate: UpgradeFate
  /** How many upgrades were asked for, and how many were let through. */
  upgrades: { asked: number; passed: number }
  /** Cuts every line that there is; new ones are refused until `mend`. */
  cut(): void
  mend(): void
  close(): Promise<void>
}

/** Tells a browser's requests from those of people in Node, which name no software. */
export const BROWSERS = /^user-agent: *mozilla/im

/**
 * @param targetPort may be set later, when the server has to know the proxy's port before it starts
 * @param of whose upgrades have that fate; everybody else's pass
 */
export async function openBlockingProxy(
  targetPort: number,
  fate: UpgradeFate,
  of: RegExp = /^/,
): Promise<BlockingProxy> {
  const lines = new Set<Socket>()
  let isCut = false
  const server = createServer(client => {
    if (isCut) {
      client.destroy()
      return
    }
    // One connection carries one request after the other; an upgrade begins one of its own in every browser.
    let upstream: Socket | undefined
    lines.add(client)
    client.on('error', () => client.destroy())
    client.on('close', () => {
      lines.delete(client)
      upstream?.destroy()
    })
    client.on('data', chunk => {
      const head = upstream === undefined ? chunk.toString('latin1') : ''
      if (/^upgrade: *websocket/im.test(head) && of.test(head)) {
        proxy.upgrades.asked++
        const { fate: now } = proxy
        if (now === 'swallowed') return
        if (now !== 'passes' && 'answered' in now) {
          client.end(`HTTP/1.1 ${now.answered} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
          return
        }
        proxy.upgrades.passed++
        if (now !== 'passes') setTimeout(() => client.destroy(), now.cutAfterMs).unref()
      }
      upstream ??= openUpstream(client)
      upstream.write(chunk)
    })
  })

  function openUpstream(client: Socket): Socket {
    const upstream = connect({ port: proxy.targetPort, host: '127.0.0.1' })
    upstream.on('error', () => client.destroy())
    upstream.on('close', () => client.destroy())
    upstream.pipe(client, { end: false })
    return upstream
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const proxy: BlockingProxy = {
    port: typeof address === 'object' && address ? address.port : 0,
    targetPort,
    fate,
    upgrades: { asked: 0, passed: 0 },
    cut() {
      isCut = true
      for (const line of lines) line.destroy()
    },
    mend() {
      isCut = false
    },
    async close() {
      for (const line of lines) line.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
  return proxy
}
