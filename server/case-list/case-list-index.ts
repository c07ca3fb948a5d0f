/**
 * The cases of whoever asked, in memory, with the facts that say who may read them (SPEC LS1, LS5). A person's are read when they first ask; a case that something was
 * announced about is read again before the next answer. It decides nothing: the policy is asked for each answer.
 */
import type { CaseFacts } from '../../shared/access.ts'
import { type ClockState, clocksOf } from '../../shared/cases/clocks.ts'
import type { DayCounting } from '../../shared/cases/life-codes.ts'
import type { CaseId, ItemId, UserId } from '../../shared/ids.ts'
import { searchKeyOf } from '../../shared/search/search-key.ts'
import type { Case } from '../conferences/case-repository.ts'
import { caseFactsWith } from '../conferences/facts.ts'
import type { Item } from '../conferences/item-repository.ts'
import type { ConferenceRecords } from '../conferences/ports.ts'

export interface ListedCase {
  file: Case
  facts: CaseFacts
  /** Number and household, for finding. */
  text: string
  key: string
  /** Its number as one orders it: 2026-9 before 2026-31. */
  orderedNumber: string
  /** Its clocks on one day; reckoned when somebody asks. */
  clocks(today: string, counting: DayCounting): readonly ClockState[]
}

type Records = Pick<ConferenceRecords, 'cases' | 'items' | 'changes'>

/** People whose cases are kept; those of more are read again when they ask. */
const PEOPLE_KEPT = 500
/** Read at once after an announcement. */
const CASES_AT_ONCE = 500

export class CaseListIndex {
  readonly #records: Records
  readonly #entries = new Map<CaseId, ListedCase>()
  /** The least lately asked for first. */
  readonly #people = new Map<UserId, { reading: Promise<void>; cases: Set<CaseId> }>()
  readonly #caseOfItem = new Map<ItemId, CaseId>()
  readonly #dirtyCases = new Set<CaseId>()
  readonly #dirtyItems = new Set<ItemId>()
  readonly #stopListening: () => void
  #last: Promise<void> = Promise.resolve()

  constructor(records: Records) {
    this.#records = records
    this.#stopListening = records.changes.onChange(keys => this.#note(keys))
  }

  /** The cases that name this person as a worker, as they are stored now. Whether the person may read them is for the caller to ask. */
  async ofWorker(userId: UserId): Promise<ListedCase[]> {
    let person = this.#people.get(userId)
    if (person === undefined) {
      person = { reading: Promise.resolve(), cases: new Set() }
      this.#people.set(userId, person)
      const { cases } = person
      person.reading = this.#inTurn(() => this.#read(userId, cases))
      person.reading.catch(() => this.#people.delete(userId))
      this.#forgetSome()
    } else {
      this.#people.delete(userId)
      this.#people.set(userId, person)
    }
    await person.reading
    await this.#inTurn(() => this.#refresh())
    return [...person.cases].flatMap(caseId => this.#entries.get(caseId) ?? [])
  }

  close(): void {
    this.#stopListening()
  }

  /** One reading at a time: an older one never lands on a newer one, and whoever asks waits for all that was announced before. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(work, work)
    return this.#last
  }

  #note(keys: readonly string[]): void {
    if (this.#people.size === 0) return
    for (const key of keys) {
      if (key.startsWith('case:')) this.#dirtyCases.add(key.slice('case:'.length) as CaseId)
      else if (key.startsWith('item:')) this.#dirtyItems.add(key.slice('item:'.length) as ItemId)
    }
  }

  async #read(userId: UserId, into: Set<CaseId>): Promise<void> {
    const files = await this.#records.cases.ofWorker(userId)
    await this.#enter(files)
    for (const { _id } of files) into.add(_id)
  }

  async #enter(files: readonly Case[]): Promise<void> {
    const items = await this.#records.items.ofCases(files.map(file => file._id))
    const byCase = new Map<CaseId, Item[]>(files.map(file => [file._id, []]))
    for (const item of items) {
      if (item.caseId === null) continue
      byCase.get(item.caseId)?.push(item)
      this.#caseOfItem.set(item._id, item.caseId)
    }
    for (const file of files) this.#entries.set(file._id, listed(file, byCase.get(file._id) ?? []))
  }

  async #refresh(): Promise<void> {
    const items = [...this.#dirtyItems]
    const cases = new Set(this.#dirtyCases)
    if (items.length === 0 && cases.size === 0) return
    this.#dirtyItems.clear()
    this.#dirtyCases.clear()
    try {
      for (const itemId of items) {
        const known = this.#caseOfItem.get(itemId) ?? (await this.#records.items.find(itemId))?.caseId
        if (known) cases.add(known)
      }
      const wanted = [...cases]
      for (let from = 0; from < wanted.length; from += CASES_AT_ONCE) {
        await this.#readAgain(wanted.slice(from, from + CASES_AT_ONCE))
      }
    } catch (error) {
      // What was not read is still to be read.
      for (const itemId of items) this.#dirtyItems.add(itemId)
      for (const caseId of cases) this.#dirtyCases.add(caseId)
      throw error
    }
  }

  async #readAgain(caseIds: readonly CaseId[]): Promise<void> {
    const files = new Map((await this.#records.cases.findMany(caseIds)).map(file => [file._id, file]))
    const kept = [...files.values()].filter(file => file.workers.some(worker => this.#people.has(worker.userId)))
    await this.#enter(kept)
    for (const caseId of caseIds) {
      const workers = new Set(files.get(caseId)?.workers.map(worker => worker.userId))
      for (const [userId, { cases }] of this.#people) {
        if (workers.has(userId)) cases.add(caseId)
        else cases.delete(caseId)
      }
      if (!kept.some(file => file._id === caseId)) this.#entries.delete(caseId)
    }
  }

  #forgetSome(): void {
    if (this.#people.size <= PEOPLE_KEPT) return
    const [first] = this.#people.keys()
    if (first === undefined) return
    this.#people.delete(first)
    const still = new Set([...this.#people.values()].flatMap(({ cases }) => [...cases]))
    for (const caseId of this.#entries.keys()) if (!still.has(caseId)) this.#entries.delete(caseId)
    for (const [itemId, caseId] of this.#caseOfItem) if (!still.has(caseId)) this.#caseOfItem.delete(itemId)
  }
}

function listed(file: Case, items: readonly Item[]): ListedCase {
  const text = `${file.number}\n${file.label}`
  let reckoned: { day: string; clocks: readonly ClockState[] } | undefined
  return {
    file,
    facts: caseFactsWith(file, items),
    text,
    key: searchKeyOf(text),
    orderedNumber: file.number.replace(/\d+/g, digits => digits.padStart(12, '0')),
    clocks(today, counting) {
      const day = `${today} ${counting}`
      if (reckoned?.day !== day) reckoned = { day, clocks: clocksOf(file.life, { today, counting }) }
      return reckoned.clocks
    },
  }
}
