/** A document that a page outside a meeting holds open by itself, over whichever way this network lets through. */
import { DocumentLink, type DocumentLinkOptions } from './document-link.ts'
import { openTransport } from './open-transport.ts'
import { type SyncCheck, whyRefused } from './why-refused.ts'

export interface PageDocument {
  link: DocumentLink
  close(): void
}

/** @param page the page's address and storage: `window` */
export function openPageDocument(
  page: Pick<Window, 'location' | 'sessionStorage'>,
  api: SyncCheck,
  options: Omit<DocumentLinkOptions, 'serverUrl' | 'askWhyRefused' | 'WebSocket'>,
): PageDocument {
  const transport = openTransport(page)
  const link = new DocumentLink({
    ...options,
    serverUrl: `${page.location.protocol === 'https:' ? 'wss:' : 'ws:'}//${page.location.host}/sync`,
    async askWhyRefused(document) {
      const why = await whyRefused(api, document)
      if (why === 'admitted') transport.noteAdmitted()
      return why
    },
    WebSocket: transport.WebSocket,
  })
  transport.onChange(() => {
    if (transport.transport === 'websocket') link.changeSocket()
    else if (link.state.line.phase === 'lost') link.retryNow()
  })
  link.open()
  return {
    link,
    close() {
      link.close()
      transport.close()
    },
  }
}
