/** Every rule of the specification has a test that quotes it, and every quoted rule exists. Every refusal stands in the protocol's table. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { REFUSALS } from '../shared/protocol/refusals.ts'

const root = join(import.meta.dirname, '..')

function rulesOf(spec: string): string[] {
  return [...readFileSync(join(root, spec), 'utf8').matchAll(/^- \*\*([A-Z]{2}\d+)\*\*/gm)].map(match => match[1] ?? '')
}

/** The rule ids that stand at the beginning of test names. */
function quotedRules(): Map<string, string> {
  const quoted = new Map<string, string>()
  for (const file of readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })) {
    if (!/\.test\.tsx?$/.test(file)) continue
    const text = readFileSync(join(root, 'test', file), 'utf8')
    for (const match of text.matchAll(/['"`]\[([A-Z]{2}\d+)\] /g)) quoted.set(match[1] ?? '', file)
  }
  return quoted
}

test('every rule of the rooms has a test, and every rule that a test quotes exists', () => {
  const rules = rulesOf('server/rooms/SPEC.md')
  const quoted = quotedRules()
  expect(rules.length).toBeGreaterThan(40)
  expect(new Set(rules).size).toBe(rules.length)
  expect({ withoutTest: rules.filter(rule => !quoted.has(rule)) }).toEqual({ withoutTest: [] })
  expect({ withoutRule: [...quoted].filter(([rule]) => !rules.includes(rule)) }).toEqual({ withoutRule: [] })
})

test('every refusal stands in the protocol with its close code', () => {
  const protocol = readFileSync(join(root, 'shared/protocol/PROTOCOL.md'), 'utf8')
  const rows = protocol.split('\n').filter(line => /^\| \d{4}/.test(line))
  const missing = Object.entries(REFUSALS).filter(
    ([reason, rule]) => !rows.some(row => row.includes(`\`${reason}\``) && row.includes(String(rule.close))),
  )
  expect(missing).toEqual([])
})
