/** A browser whose person asks by hand for what is not on the screen: over HTTP, by WebSocket and by polling. */
import type { Page } from 'playwright-core'
import { demoDocument } from '../../server/demo/stage.ts'
import { LIVE_PATH } from '../../shared/protocol/live-channel.ts'
import type { CanaryMeeting } from './canary-meeting.ts'
import { NETWORK_REFUSES } from './dure-process.ts'

/** What a curious person does with the browser's own tools: asks for every address and document that there is about item 2. */
export async function tryEverything(
  page: Page,
  { conferenceId, secretItem, caseId, documents }: CanaryMeeting,
): Promise<void> {
  const paths = [
    '/api/session',
    '/api/conferences',
    `/api/conferences/${conferenceId}`,
    `/api/conferences/${conferenceId}/items/${secretItem}/actions`,
    `/api/conferences/${conferenceId}/items/${secretItem}/comments`,
    `/api/conferences/${conferenceId}/comments`,
    '/api/cases',
    `/api/cases/${caseId}`,
    '/api/directory',
    '/api/agencies',
  ]
  const names = [
    ...Object.values(documents),
    `actions.${caseId}.open`,
    `actions.${caseId}.${secretItem}`,
    demoDocument.item('saengyeon-integrated-lee'),
  ]
  await page.evaluate(
    async ({ paths, names, sockets, live }) => {
      const asked = [...paths, ...names.map(name => `/api/sync-check/${name}`)]
      await Promise.all(asked.map(path => fetch(path).then(answer => answer.text())))
      const opened = sockets.map(
        name =>
          new Promise<void>(resolve => {
            const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/sync/${name}`)
            socket.binaryType = 'arraybuffer'
            socket.onopen = () => socket.send(new Uint8Array([0, 0, 1, 0]))
            socket.onmessage = event => {
              // Step 2: all that the server tells.
              const bytes = new Uint8Array(event.data as ArrayBuffer)
              if (bytes[0] === 0 && bytes[1] === 1) socket.close()
            }
            socket.onclose = () => resolve()
          }),
      )
      await Promise.all(opened)
      // The same over polling, one document after the other: what is refused is closed, what is not tells all.
      const line = {
        url: `${live}?EIO=4&transport=polling`,
        async ask(): Promise<string> {
          const answer = await fetch(this.url)
          const text = await answer.text()
          if (!answer.ok || text.split('\u001e').includes('1')) throw new Error(`Polling: ${answer.status} ${text}`)
          if (text.split('\u001e').includes('2')) await this.say('3')
          return text
        },
        async say(packet: string): Promise<void> {
          const answer = await fetch(this.url, { method: 'POST', body: packet })
          // An answer that nobody reads is never over, for whoever records it.
          const text = await answer.text()
          if (!answer.ok) throw new Error(`Polling: ${answer.status} ${text}`)
        },
      }
      line.url += `&sid=${JSON.parse((await line.ask()).slice(1)).sid}`
      await line.say('40/sync,')
      for (const [at, name] of names.entries()) {
        const channel = at + 1
        await line.say(`42/sync,${JSON.stringify(['open', channel, name, true])}`)
        for (let told = ''; !told.includes(`[${channel},"closed"`); ) {
          const packets = await line.ask()
          told += packets
          if (packets.includes(`[${channel},"opened"`)) {
            // An empty step 1; what answers it, a step 2, begins with the bytes 0 and 1.
            await line.say(`42/sync,${JSON.stringify(['frame', channel, 'AAABAA==', false])}`)
          }
          if (told.includes(`[${channel},"frames"`) && /"AA[E-H]/.test(told)) {
            await line.say(`42/sync,${JSON.stringify(['close', channel])}`)
            break
          }
        }
      }
      await line.say('1')
    },
    // One is enough to be refused by the network; browsers make whoever is refused often wait for seconds.
    { paths, names, sockets: NETWORK_REFUSES ? names.slice(0, 1) : names, live: LIVE_PATH },
  )
}
