/** What "saved" means to the kernel: the log is on the disk before the receipt leaves on the socket. */
import { expect, test } from 'vitest'
import { demoDocument } from '../../server/demo/stage.ts'
import { discussionOf } from '../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../shared/documents/rich-text.ts'
import { signInAtTable } from '../support/demo-people.ts'
import { startDure } from '../support/dure-process.ts'
import { MUCH_BYTES, traceSteps, whyNoStrace } from '../support/syscall-trace.ts'

const WORDS = ['값어치', '밟다', '꿰뚫다', '넓적다리', '읊조리다', '앉은뱅이', '훑다', '짧은', '흙', '삶']
const reason = whyNoStrace()

test.skipIf(reason !== undefined)(
  `each word is synced to the disk, and the page that makes it count written, before its receipt leaves${reason ? ` (skipped: ${reason})` : ''}`,
  async () => {
    const dure = await startDure()
    try {
      const person = await signInAtTable(dure.url, 'saengyeon.case')
      const item = person.open(demoDocument.item('saengyeon-integrated-kim'))
      await item.live()
      await item.stored()
      const steps = await traceSteps(dure.pid(), async () => {
        for (const word of WORDS) {
          // So much that its own write is told from what the server notes beside it, which on a slow machine may begin before the receipt leaves.
          discussionOf(item.doc).push(paragraphsOf(word.repeat(MUCH_BYTES / word.length)))
          await item.stored()
        }
      })
      person.leave()
      const story = steps.join(' ')
      const perReceipt = story.split('receipt').slice(0, -1)
      expect(perReceipt.length, story).toBe(WORDS.length)
      for (const [at, before] of perReceipt.entries()) {
        expect(before, `${WORDS[at]} in: ${story}`).toMatch(/much ((data|much) )*synced counts /)
      }
      console.log(
        `${WORDS.length} receipts, before each: ${[...new Set(perReceipt.map(before => before.trim()))].join(' | ')}`,
      )
    } finally {
      await dure.close()
    }
  },
)
