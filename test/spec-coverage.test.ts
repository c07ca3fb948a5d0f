/** Every rule of a specification has a test that quotes it, and every quoted rule exists. Every refusal stands in the protocol's table. */
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
    for (const [, ids = ''] of text.matchAll(/['"`]((?:\[[A-Z]{2}\d+\] )+)/g)) {
      for (const [, id = ''] of ids.matchAll(/\[(\w+)\]/g)) quoted.set(id, file)
    }
  }
  return quoted
}

const SPECS = [
  { of: 'the rooms', file: 'server/rooms/SPEC.md', atLeast: 40 },
  { of: 'the meetings', file: 'server/meetings/SPEC.md', atLeast: 20 },
  { of: 'the guests', file: 'server/guests/SPEC.md', atLeast: 10 },
  { of: 'the minutes', file: 'shared/minutes/MINUTES.md', atLeast: 15 },
  { of: 'action items and the next agenda', file: 'server/actions/SPEC.md', atLeast: 14 },
  { of: 'supervision', file: 'server/supervision/SPEC.md', atLeast: 7 },
  { of: 'who may know of a case', file: 'shared/bases/BASES.md', atLeast: 15 },
  { of: 'comments', file: 'server/comments/SPEC.md', atLeast: 12 },
  { of: 'search', file: 'server/search/SPEC.md', atLeast: 10 },
  { of: 'the start page', file: 'server/home/SPEC.md', atLeast: 2 },
  { of: 'telling people', file: 'server/notices/SPEC.md', atLeast: 15 },
  { of: 'exports', file: 'server/exports/EXPORTS.md', atLeast: 9 },
  { of: 'the versions of items', file: 'server/history/SPEC.md', atLeast: 8 },
  { of: 'the life of a case', file: 'shared/cases/LIFE.md', atLeast: 20 },
  { of: 'code sets', file: 'shared/code-sets/CODE-SETS.md', atLeast: 7 },
  { of: 'the records of a case', file: 'server/case-records/SPEC.md', atLeast: 19 },
  { of: 'writing in a case, and its forms', file: 'server/case-forms/SPEC.md', atLeast: 10 },
  { of: 'genogram and eco-map', file: 'shared/case-map/CASE-MAP.md', atLeast: 14 },
  { of: 'research before a meeting', file: 'server/research/SPEC.md', atLeast: 8 },
  { of: 'referrals', file: 'shared/referrals/REFERRALS.md', atLeast: 15 },
  { of: 'what agencies give', file: 'shared/resources/RESOURCES.md', atLeast: 14 },
  { of: 'figures', file: 'shared/figures/FIGURES.md', atLeast: 5 },
  { of: 'the record of access', file: 'server/audit/SPEC.md', atLeast: 6 },
  { of: 'the access desk', file: 'server/access-desk/SPEC.md', atLeast: 10 },
  { of: 'opening in an emergency', file: 'server/break-glass/SPEC.md', atLeast: 7 },
  { of: 'data subject requests', file: 'shared/subject-requests/REQUESTS.md', atLeast: 10 },
  { of: 'resident registration numbers', file: 'shared/identifiers/RESIDENT-NUMBER.md', atLeast: 5 },
  { of: 'lists that come in, and triage', file: 'server/imports/SPEC.md', atLeast: 18 },
  { of: 'keeping and destroying', file: 'shared/retention/RETENTION.md', atLeast: 11 },
  { of: 'the list of cases', file: 'server/case-list/SPEC.md', atLeast: 7 },
]

test.for(SPECS)('every rule of $of has a test, and stands once', ({ file, atLeast }) => {
  const rules = rulesOf(file)
  const quoted = quotedRules()
  expect(rules.length).toBeGreaterThan(atLeast)
  expect(new Set(rules).size).toBe(rules.length)
  expect({ withoutTest: rules.filter(rule => !quoted.has(rule)) }).toEqual({ withoutTest: [] })
})

test('every rule that a test quotes exists, in one specification', () => {
  const rules = SPECS.flatMap(({ file }) => rulesOf(file))
  expect(new Set(rules).size).toBe(rules.length)
  expect({ withoutRule: [...quotedRules()].filter(([rule]) => !rules.includes(rule)) }).toEqual({ withoutRule: [] })
})

test('every refusal stands in the protocol with its close code', () => {
  const protocol = readFileSync(join(root, 'shared/protocol/PROTOCOL.md'), 'utf8')
  const rows = protocol.split('\n').filter(line => /^\| \d{4}/.test(line))
  const missing = Object.entries(REFUSALS).filter(
    ([reason, rule]) => !rows.some(row => row.includes(`\`${reason}\``) && row.includes(String(rule.close))),
  )
  expect(missing).toEqual([])
})
