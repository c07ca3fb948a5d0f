/** What is typed into a running meeting is looked through like what comes over HTTP (`bad-input.test.ts` asks every route). */
import { expect, test } from 'vitest'
import { EVENTS, type EventTarget } from '../../../server/transport/live/channel-events.ts'
import { withoutResidentNumbers } from '../../../server/transport/typed-words.ts'
import { must } from '../../../shared/assert.ts'
import { COMMANDS, type CommandName } from '../../../shared/protocol/live-channel.ts'
import { bodyOf } from './live/sample-commands.ts'

const NUMBER = '900101-1234567'

const target = (done: string[]): EventTarget => ({
  join: async () => ({ value: null }),
  leave: () => undefined,
  command: async name => void done.push(name),
})

test('[RN7] [LR-17] no command of a meeting takes a resident registration number in any of its texts', async () => {
  const texts: string[] = []
  for (const name of Object.keys(COMMANDS) as CommandName[]) {
    const body = bodyOf(name)
    for (const field of Object.keys(body)) {
      const typed = { ...body, [field]: `본인 ${NUMBER} 확인` }
      if (!COMMANDS[name].safeParse(typed).success) continue
      texts.push(`${name} ${field}`)
      const done: string[] = []
      const read = must(EVENTS.command.read([name, typed]), name)
      await expect(read.run(target(done)), `${name} ${field}`).rejects.toMatchObject({
        reason: 'bad-request',
        detail: 'resident-number',
      })
      // Masked by hand it is taken.
      await must(EVENTS.command.read([name, { ...typed, [field]: '900101-1******' }]), name).run(target(done))
      expect(done).toEqual([name])
    }
  }
  expect(texts).toEqual(expect.arrayContaining(['read-back.answer words', 'vote.open question', 'cards.add text']))
  expect(texts.length).toBeGreaterThan(10)
})

test('[RN7] it is found however deep, in whatever form; a password is not looked at, and what holds none is given back as it is', () => {
  const fine = {
    label: '김○○ 가구',
    sections: [{ items: '성명, 연락처 010-1234-5678' }],
    at: null,
    count: 3,
    password: NUMBER,
  }
  expect(withoutResidentNumbers(fine)).toBe(fine)
  for (const bad of [
    { sections: [{ items: `성명, ${NUMBER}` }] },
    { fields: { problem: '９００１０１－１２３４５６７' } },
    [NUMBER],
    NUMBER,
  ]) {
    expect(() => withoutResidentNumbers(bad)).toThrow(expect.objectContaining({ detail: 'resident-number' }))
  }
})

test('[RN7] a hash that happens to hold such digits is no number of anybody', () => {
  // With its check digit: without a word before it, thirteen digits are taken for such a number only then.
  const digits = '9001011234568'
  const hash = `${'a'.repeat(25)}${digits}${'b'.repeat(26)}`
  expect(() => withoutResidentNumbers({ words: `${hash} ` })).toThrow()
  expect(withoutResidentNumbers({ hash })).toEqual({ hash })
})
