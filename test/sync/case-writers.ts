/** One random honest thing that somebody does to a case's document, through the typed functions and as an editor does. */
import type * as Y from 'yjs'
import { codesOf, NEED_DOMAINS } from '../../shared/codes.ts'
import { caseFlagsOf, setCaseFacts, setCaseFlag } from '../../shared/documents/case-parts/case-facts.ts'
import { MEMBER_RELATIONS, MONEY_KINDS, PLAN_METHODS } from '../../shared/documents/case-parts/case-part-codes.ts'
import { CASE_TEXTS, caseTextOf } from '../../shared/documents/case-parts/case-texts.ts'
import { goals } from '../../shared/documents/case-parts/goals.ts'
import { members } from '../../shared/documents/case-parts/household.ts'
import { needs } from '../../shared/documents/case-parts/needs.ts'
import { plan } from '../../shared/documents/case-parts/plan.ts'
import type { RecordList, Row } from '../../shared/documents/case-parts/record-list.ts'
import { money, supports } from '../../shared/documents/case-parts/supports-and-money.ts'
import type { PlainValue } from '../../shared/documents/records.ts'
import { idFromBytes } from '../../shared/ids.ts'
import type { SeededRandom } from '../support/seeded-random.ts'

export interface Hand {
  words(random: SeededRandom): string
  writesInText(fragment: Y.XmlFragment, random: SeededRandom): string
}

export function actsOnCase(doc: Y.Doc, random: SeededRandom, hand: Hand): string {
  const short = () => hand.words(random).slice(0, 40)
  const memberId = () => members.of(doc)[0]?.id ?? ''
  switch (random.below(9)) {
    case 0:
      return hand.writesInText(caseTextOf(doc, random.pick(CASE_TEXTS)), random)
    case 1:
      setCaseFacts(doc, random.chance(0.5) ? { address: short() } : { deposit: random.pick([null, 0, 5_000_000]) })
      return 'fact'
    case 2: {
      const code = random.pick(['single_parent', 'own_1', 'older_person_alone'])
      setCaseFlag(doc, 'householdTypes', code, !caseFlagsOf(doc, 'householdTypes').includes(code))
      return 'flag'
    }
    case 3:
      return onRows(doc, random, members, () => ({
        name: short(),
        relation: random.pick(codesOf(MEMBER_RELATIONS)),
        birth: random.pick(['', '1959', '1959-03', '2020-02-29']),
      }))
    case 4:
      return onRows(doc, random, money, () => ({
        kind: random.pick(codesOf(MONEY_KINDS)),
        amount: random.below(9_000_000),
        memberId: memberId(),
      }))
    case 5:
      return onRows(doc, random, supports, () => ({ name: short(), memberId: memberId() }))
    case 6:
      return (
        onText(random, needs.of(doc), need => [need.phenomenon, need.cause, need.wanted], hand) ??
        onRows(doc, random, needs, () => ({
          domain: random.pick(codesOf(NEED_DOMAINS)),
          level: random.pick([null, 1, 4]),
          memberId: memberId(),
        }))
      )
    case 7:
      return (
        onText(random, goals.of(doc), goal => [goal.text, goal.before, goal.after], hand) ??
        onRows(doc, random, goals, () => ({ term: 'long_term', needId: needs.of(doc)[0]?.id ?? '' }))
      )
    default:
      return (
        onText(random, plan.of(doc), row => [row.content], hand) ??
        onRows(doc, random, plan, () => ({
          method: random.pick(codesOf(PLAN_METHODS)),
          goalId: goals.of(doc)[0]?.id ?? '',
          times: random.pick([null, 1, 366]),
          start: random.pick(['', '2026-12-01']),
          provider: short(),
        }))
      )
  }
}

function onRows<Entry extends Row, Values extends Readonly<Record<string, PlainValue>>>(
  doc: Y.Doc,
  random: SeededRandom,
  list: RecordList<Entry, Values>,
  values: () => Partial<Values>,
): string {
  const rows = list.of(doc)
  const row = rows.length > 0 ? random.pick(rows) : undefined
  if (row === undefined || random.chance(0.3)) {
    list.add(doc, idFromBytes(random.bytes(17)), values(), { place: random.chance(0.5) ? 'first' : 'last' })
    return `add ${list.root}`
  }
  switch (random.below(4)) {
    case 0:
      list.move(doc, row.id, { after: random.pick(rows).id })
      return `move ${list.root}`
    case 1:
      list.remove(doc, row.id)
      return `remove ${list.root}`
    default:
      list.set(doc, row.id, values())
      return `set ${list.root}`
  }
}

/** Two times in three, where there is a row to write in. */
function onText<Entry>(
  random: SeededRandom,
  rows: readonly Entry[],
  textsOf: (row: Entry) => readonly Y.XmlFragment[],
  hand: Hand,
): string | undefined {
  if (rows.length === 0 || random.chance(0.35)) return undefined
  return hand.writesInText(random.pick(textsOf(random.pick(rows))), random)
}
