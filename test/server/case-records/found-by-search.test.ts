/** Records in the search over everything: by those who may read them, as they stand now, and recorded by the case that they are about. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createRecordIndex } from '../../../server/case-records/record-index.ts'
import { search } from '../../../server/search/search.ts'
import { must } from '../../../shared/assert.ts'
import type { UserId } from '../../../shared/ids.ts'
import { searchUnderTest } from '../search/search-under-test.ts'
import { note, openRecordWorld, type RecordWorld } from './record-world.ts'

let records: RecordWorld
let town: RecordWorld['town']
let finds: (who: UserId, query: string) => Promise<string[]>

beforeEach(async () => {
  records = await openRecordWorld()
  town = records.town
  const { parts } = searchUnderTest(records.world)
  const both = { ...parts, recordIndex: records.parts.recordIndex }
  finds = async (who, query) => {
    const { groups } = await search(both, records.world.by(who), { query })
    return groups.flatMap(({ hits }) => hits.map(hit => `${hit.kind} ${hit.recordKind ?? ''}: ${hit.excerpt.text}`))
  }
})
afterEach(() => records.close())

test('[SQ12] a record is found by who may read it, and one that an agency keeps for itself by nobody else', async () => {
  await records.write(town.leader, note('밀린 월세를 의논했습니다.'))
  await records.write(town.co, note('보증인에게는 알리지 않기로 했습니다.'), { narrow: true })
  for (const who of [town.leader, town.mate, town.co, town.second]) {
    expect(await finds(who, '월세')).toEqual(['record process_note: 밀린 월세를 의논했습니다.'])
    expect(await finds(who, 'ㅁㄹ ㅇㅅ')).toHaveLength(1)
  }
  for (const who of [town.partner, town.stranger, town.watcher, town.worker]) {
    expect(await finds(who, '월세')).toEqual([])
  }
  expect(await finds(town.second, '보증인')).toHaveLength(1)
  for (const who of [town.leader, town.mate, town.stranger]) expect(await finds(who, '보증인')).toEqual([])
})

test('[SQ12] what was corrected is found by its new words and no longer by the old, and who left finds none', async () => {
  const recordId = await records.write(town.leader, note('도시가스가 끊겼습니다.'))
  expect(await finds(town.second, '도시가스')).toHaveLength(1)
  await records.correct(town.leader, recordId, note('수도가 끊겼습니다.'))
  expect(await finds(town.second, '도시가스')).toEqual([])
  expect(await finds(town.second, '수도')).toHaveLength(1)
  const file = must(await records.parts.cases.find(records.caseId), 'the case')
  await records.parts.cases.update(file, { ...file, workers: file.workers.filter(one => one.userId !== town.second) })
  expect(await finds(town.second, '수도')).toEqual([])
})

test('[SQ12] the household and the kind of record surround its words', async () => {
  await records.write(town.leader, note('밀린 월세를 의논했습니다.'))
  expect(await finds(town.leader, '김○○ 가구 월세')).toHaveLength(1)
  expect(await finds(town.leader, '과정기록 월세')).toHaveLength(1)
  expect(await finds(town.leader, '점검 월세')).toEqual([])
})

test('[SQ9] the case whose record is shown is named in the record of access', async () => {
  await records.write(town.leader, note('밀린 월세를 의논했습니다.'))
  await finds(town.leader, '월세')
  const [found] = await records.world.records({ action: 'search.run' })
  expect(found?.subject).toBe(records.caseId)
})

test('[SQ11] what does not fit is read again when it is asked for, and what is written meanwhile is not missed', async () => {
  await records.write(town.leader, note('밀린 월세를 의논했습니다.'))
  const tiny = createRecordIndex({ records: records.parts.caseRecords, maxCharacters: 10 })
  const { caseId } = records
  for (let n = 0; n < 2; n++) expect((await tiny.of([caseId])).get(caseId)).toHaveLength(1)
  const index = createRecordIndex({ records: records.parts.caseRecords })
  const reading = index.of([caseId])
  index.noteWritten(caseId)
  await reading
  await records.write(town.leader, note('다음 날'))
  expect((await index.of([caseId])).get(caseId)).toHaveLength(2)
})
