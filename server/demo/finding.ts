/**
 * A small list on 생연1동's triage board: what the blind-spot system told of this quarter, read and taken in like any other list, with two of its households
 * decided already. Nobody in it is a real person; names, numbers and signs are made up (합성). Each step only where it is not there yet.
 */
import type { FindingId, ImportId } from '../../shared/ids.ts'
import type { TriageBody } from '../../shared/protocol/triage.ts'
import type { By } from '../conferences/ports.ts'
import { readList, takeIn } from '../imports/import-commands.ts'
import type { TriageParts } from '../imports/ports.ts'
import type { TakingIn } from '../imports/taking-in.ts'
import { triage } from '../imports/triage.ts'
import type { Store } from '../storage/port.ts'
import { demoPerson } from './community.ts'
import { fixedId } from './fixed-ids.ts'

const WORKER = 'saengyeon.team'
const LIST = fixedId<ImportId>('import', 'saengyeon-blind-spot')
const FILE_NAME = '복지사각지대 발굴 명단 (합성).csv'

/** No telephone is anybody's: numbers of the area code 000 are not given out. The last row is one to mend. */
const ROWS = [
  '연번,성명,생년월일,성별,연락처,주소,위기정보',
  '1,가한별,1948-03-02,여,010-0000-0101,동두천시 생연1동 (합성) 1,"단전, 건강보험료 체납 5개월"',
  '2,나두리,1961-11-20,남,010-0000-0102,동두천시 생연1동 (합성) 2,월세 체납 3개월',
  '3,다슬기,1985-07-14,여,010-0000-0103,동두천시 생연1동 (합성) 3,"실직, 통신비 연체"',
  '4,라온유,1939-01-30,여,010-0000-0104,동두천시 생연1동 (합성) 4,의료비 과다 지출',
  '5,마루한,1972-05-09,남,010-0000-0105,동두천시 생연1동 (합성) 5,자살 고위험군 통보',
  '6,바다솔,1990-09-27,여,010-0000-0106,동두천시 생연1동 (합성) 6,아동수당 미신청 한부모',
  '7,사비나,1944-12-11,여,010-0000-0107,동두천시 생연1동 (합성) 7,단수 예고',
  '8,,1950-04-04,남,010-0000-0108,동두천시 생연1동 (합성) 8,건강보험료 체납',
]
const DECIDED: readonly (readonly [row: number, state: NonNullable<TriageBody['state']>])[] = [
  [3, 'linked'],
  [4, 'unreachable'],
]

interface LoadedRecord {
  _id: string
  loadedAt: Date
}

/** Who takes the list back while trying does not find it again after the next start. */
const LOADED = 'demo-finding-loaded'

export async function loadDemoFinding(
  store: Store,
  parts: TriageParts,
  takingIn: Pick<TakingIn, 'settled'>,
): Promise<void> {
  const records = store.collection<LoadedRecord>('installation')
  if (await records.findOne({ _id: LOADED })) return
  const { userId, agencyId, role } = demoPerson(WORKER)
  const by = {
    actor: { userId, operator: false, memberships: [{ agencyId, role }] },
    address: 'demo',
  } satisfies By
  const named = { ...parts, newId: <T extends string>() => LIST as string as T }
  const about = { fileName: FILE_NAME, route: 'blind_spot_system' } as const
  const list = (await parts.imports.find(LIST)) ?? (await readList(named, by, agencyId, about, file()))
  await takeIn(parts, by, list, { _v: list._v, keep: [] })
  await takingIn.settled(LIST)
  for (const [row, state] of DECIDED) {
    const findingId: FindingId = parts.findingIdOf(LIST, row)
    const finding = (await parts.findings.ofAgency(agencyId)).get(findingId)
    if (finding?.state !== 'waiting') continue
    await triage(parts, by, agencyId, { findings: [{ findingId, _v: finding._v }], state })
  }
  await records.updateOne({ _id: LOADED }, { $set: { loadedAt: new Date(parts.now()) } }, { upsert: true })
}

async function* file(): AsyncGenerator<Buffer> {
  yield Buffer.from(ROWS.join('\r\n'))
}
