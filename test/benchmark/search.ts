/**
 *   node --expose-gc --import tsx test/benchmark/search.ts
 *
 * Search in a city of 10,000 cases with 100,000 action items (`CASES=` for another size): time to fill the index, memory of it, and how long an answer
 * takes, with its records of access durably written, for the leader of a year of 60 items and for somebody who sat in 400 conferences; and what waits
 * for that leader and their agency's figures, as the start page and the figures' page ask for them.
 */
import { rm } from 'node:fs/promises'
import { type FiguresParts, openFigures } from '../../server/figures/figures.ts'
import { type HomeParts, openHome } from '../../server/home/home.ts'
import { createLog } from '../../server/lib/log.ts'
import { newId } from '../../server/lib/random.ts'
import { createHearingRepository } from '../../server/meetings/hearing-repository.ts'
import { createMeetingRepository } from '../../server/meetings/meeting-repository.ts'
import { createMinutesRepository } from '../../server/minutes/minutes-repository.ts'
import { searchableDocuments } from '../../server/search/filling.ts'
import { type SearchParts, search } from '../../server/search/search.ts'
import { SearchIndex } from '../../server/search/search-index.ts'
import { createSearchRepository } from '../../server/search/search-repository.ts'
import type { Actor } from '../../shared/access.ts'
import { must } from '../../shared/assert.ts'
import { buildLargeTown, CASES, NOW, openLargeTown } from './large-town.ts'

const QUERIES = [
  '간병비를 어떻게 하기로 했지?',
  '간병비 월세',
  'ㄱㅂㅂ',
  '김○○ 난방비',
  '저장강박',
  '11월 통합사례회의 임대주택',
  '지원한다',
  '없는말',
]
const ROUNDS = Number(process.env.ROUNDS ?? 25)

const town = await openLargeTown()
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
const heapMb = () => {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed / 1024 / 1024
}
try {
  const began = performance.now()
  const { leader, everywhere } = await buildLargeTown(town)
  console.log(`${CASES} cases made in ${seconds(performance.now() - began)}`)

  const index = new SearchIndex({
    documents: town.documents,
    clock: { now: () => Date.now() },
    log: createLog({ level: 'warn' }),
  })
  const parts: SearchParts = {
    ...town.records,
    audit: town.audit,
    newId,
    now: () => NOW,
    index,
    searches: createSearchRepository(town),
  }
  const ask = (actor: Actor, query: string) => search(parts, { actor, address: '127.0.0.1' }, { query })
  const timed = async (actor: Actor, query: string) => {
    const [from, cpu] = [performance.now(), process.cpuUsage()]
    const { groups } = await ask(actor, query)
    const { user, system } = process.cpuUsage(cpu)
    return {
      ms: performance.now() - from,
      cpuMs: (user + system) / 1000,
      count: groups.reduce((sum, group) => sum + group.count, 0),
    }
  }

  console.log(`first search of all, nothing read yet: ${(await timed(leader, '간병비')).ms.toFixed(0)} ms`)
  const before = heapMb()
  const fillFrom = performance.now()
  await index.fill(await searchableDocuments(town.store))
  const filled = performance.now() - fillFrom
  const { documents, characters } = index.size
  console.log(
    `filled in ${seconds(filled)}: ${documents} documents, ${(characters / 1e6).toFixed(1)} million characters`,
  )
  console.log(`heap for it: ${(heapMb() - before).toFixed(0)} MB`)

  for (const [who, actor] of Object.entries({ leader, everywhere })) {
    const all: number[] = []
    const cpu: number[] = []
    for (const query of QUERIES) {
      const times: number[] = []
      let count = 0
      for (let round = 0; round < ROUNDS; round++) {
        const one = await timed(actor, query)
        times.push(one.ms)
        cpu.push(one.cpuMs)
        count = one.count
      }
      all.push(...times)
      console.log(`${who}  ${query}: ${count} found, p50 ${at(times, 0.5)} ms, p95 ${at(times, 0.95)} ms`)
    }
    console.log(`${who}  all ${all.length}: p50 ${at(all, 0.5)} ms, p95 ${at(all, 0.95)} ms, longest ${at(all, 1)} ms`)
    console.log(`${who}  of the processor: p50 ${at(cpu, 0.5)} ms, p95 ${at(cpu, 0.95)} ms`)
  }

  const meetings = createMeetingRepository(town)
  const agencyId = must(leader.memberships[0]?.agencyId, 'an agency')
  const by = { actor: leader, address: '127.0.0.1' }
  const homeParts: HomeParts = {
    ...town.records,
    audit: town.audit,
    now: () => NOW,
    hearings: createHearingRepository(town),
    minutes: createMinutesRepository(town),
    documents: town.noRooms,
  }
  await measured('start page', async () => (await openHome(homeParts, by)).asked.length)
  const figuresParts: FiguresParts = {
    ...town.records,
    audit: town.audit,
    now: () => NOW,
    store: town.store,
    index,
    meetings,
  }
  await measured('figures', async () => {
    const { tables } = await openFigures(figuresParts, by, agencyId, { year: 2026, audience: 'inside' })
    return tables
      .flatMap(({ rows }) => rows)
      .flatMap(({ cells }) => cells)
      .reduce<number>((sum, cell) => sum + (cell ?? 0), 0)
  })
} finally {
  await town.audit.close()
  await town.store.close()
  await rm(town.folder, { recursive: true, force: true })
}

async function measured(name: string, work: () => Promise<number>): Promise<void> {
  const times: number[] = []
  const cpu: number[] = []
  let count = 0
  for (let round = 0; round < ROUNDS; round++) {
    const [from, before] = [performance.now(), process.cpuUsage()]
    count = await work()
    const { user, system } = process.cpuUsage(before)
    times.push(performance.now() - from)
    cpu.push((user + system) / 1000)
  }
  console.log(
    `${name}: ${count} counted, p50 ${at(times, 0.5)} ms, p95 ${at(times, 0.95)} ms, of the processor p95 ${at(cpu, 0.95)} ms`,
  )
}

function at(times: readonly number[], share: number): string {
  const sorted = [...times].sort((a, b) => a - b)
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0)
}
