/** What is sent, printed and pasted, as plain values: an upload's life, the pack's numbers, the letter and the plan. */
import { describe, expect, test } from 'vitest'
import type { AgendaLine } from '../../../client/features/conferences/agenda-lines.ts'
import { joinAgenda } from '../../../client/features/conferences/agenda-lines.ts'
import { invitationText, invitedAgencies } from '../../../client/features/papers/invitation.ts'
import { numberedPack } from '../../../client/features/papers/pack.ts'
import { planSheet, planSheetText } from '../../../client/features/papers/plan-sheet.ts'
import { papersEn } from '../../../client/features/papers/texts-en.ts'
import { papersKo } from '../../../client/features/papers/texts-ko.ts'
import { aboutOf, faultOf, UploadQueue } from '../../../client/features/papers/upload-queue.ts'
import { formatBytes, type PaperWords } from '../../../client/features/papers/use-paper-texts.ts'
import { addTexts, createTexts } from '../../../client/i18n/i18n.ts'
import { ApiError } from '../../../client/lib/api.ts'
import { Cancelled } from '../../../client/lib/files-api.ts'
import type { Sending } from '../../../client/lib/papers-api.ts'
import { must } from '../../../shared/assert.ts'
import type { AgencyId, ConferenceId, ItemId, PaperId, UserId } from '../../../shared/ids.ts'
import type { ConferenceView, ItemView } from '../../../shared/protocol/http-api.ts'
import { PAPER_MAX_BYTES, PAPERS_PER_ITEM, type PaperView, paperAbout } from '../../../shared/protocol/papers.ts'

const id = <T extends string>(letter: string) => letter.repeat(22) as T
const words = (language: 'ko' | 'en'): PaperWords => {
  const texts = createTexts(language)
  addTexts(texts, 'papers', { ko: papersKo, en: papersEn })
  return texts.getFixedT(language, 'papers')
}

describe('a file before it is sent', () => {
  test.each([
    ['진단서.pdf', 1000, undefined],
    ['사진.JPEG', 1000, undefined],
    ['계획.hwp', 1000, 'hangul'],
    ['표.xlsx', 1000, 'hangul'],
    ['그림.svg', 1000, 'kind'],
    ['진단서.pdf', PAPER_MAX_BYTES, undefined],
    ['진단서.pdf', PAPER_MAX_BYTES + 1, 'tooLarge'],
    ['진단서.pdf', 0, 'empty'],
  ])('%s of %d bytes: %s', (name, size, fault) => {
    expect(faultOf({ name, size })).toBe(fault)
  })

  test('is named so that the server takes it, whatever its name was', () => {
    for (const name of [
      '진단서.pdf'.normalize('NFD'),
      `${'아주 긴 이름 '.repeat(60)}.pdf`,
      `${'😀'.repeat(200)}.png`,
      'a\u0000b\u202efdp.txt',
      '\u200b.pdf',
      ' 앞뒤 .pdf ',
    ]) {
      expect([name, paperAbout.safeParse(aboutOf({ name, size: 1 })).success]).toEqual([name, true])
    }
    expect(aboutOf({ name: '김○○ 진단서.v2.pdf'.normalize('NFD'), size: 1 })).toEqual({
      title: '김○○ 진단서.v2',
      fileName: '김○○ 진단서.v2.pdf',
    })
    expect(aboutOf({ name: `${'긴'.repeat(300)}.pdf`, size: 1 }).fileName).toMatch(/긴\.pdf$/)
  })

  test('its size is said in two digits that matter', () => {
    expect([1, 340 * 1024, 1.25 * 1024 * 1024].map(formatBytes)).toEqual(['1KB', '340KB', '1.3MB'])
  })
})

describe('uploads', () => {
  type Sent = { name: string; sending: Sending; arrive: () => void; fail: (error: Error) => void }
  function queueOf(count = 0) {
    const sent: Sent[] = []
    let arrived = 0
    const queue = new UploadQueue<{ name: string; size: number }>({
      send: (about, _file, sending) =>
        new Promise<void>((resolve, reject) => {
          sent.push({ name: about.fileName, sending, arrive: () => resolve(), fail: reject })
          sending.signal.addEventListener('abort', () => reject(new Cancelled()))
        }),
      count: () => count,
      onChange: () => undefined,
      onArrived: () => {
        arrived += 1
      },
    })
    const last = () => must(sent.at(-1), 'something sent')
    return { queue, sent, last, arrived: () => arrived }
  }
  const file = (name: string, size = 10) => ({ name, size })
  const states = (queue: UploadQueue<{ name: string; size: number }>) => queue.rows.map(row => [row.name, row.state])

  test('go one after another and leave the list when they have arrived', async () => {
    const { queue, sent, last, arrived } = queueOf()
    queue.add([file('a.pdf'), file('b.pdf')])
    expect(states(queue)).toEqual([
      ['a.pdf', 'sending'],
      ['b.pdf', 'waiting'],
    ])
    last().sending.onSent(5)
    expect(queue.rows[0]?.sent).toBe(5)
    last().arrive()
    await expect.poll(() => sent.length).toBe(2)
    expect(states(queue)).toEqual([['b.pdf', 'sending']])
    last().arrive()
    await expect.poll(() => queue.rows.length).toBe(0)
    expect([arrived(), queue.isBusy]).toEqual([2, false])
  })

  test('one that is cancelled is gone, and the next begins', async () => {
    const { queue, sent, last } = queueOf()
    queue.add([file('a.pdf'), file('b.pdf')])
    queue.putAway(must(queue.rows[0], 'a row').id)
    expect(sent[0]?.sending.signal.aborted).toBe(true)
    await expect.poll(() => last().name).toBe('b.pdf')
    expect(states(queue)).toEqual([['b.pdf', 'sending']])
  })

  test('a broken line can be tried again; what the server does not take cannot', async () => {
    const { queue, last } = queueOf()
    queue.add([file('a.pdf')])
    last().fail(new ApiError('unreachable'))
    await expect.poll(() => queue.rows[0]?.state).toBe('failed')
    expect([queue.rows[0]?.mayRetry, queue.isBusy]).toEqual([true, false])
    queue.retry(must(queue.rows[0], 'a row').id)
    expect(queue.rows[0]).toMatchObject({ state: 'sending', sent: 0, error: undefined })
    last().fail(new ApiError('bad-content-type', 'paper-kind'))
    await expect.poll(() => queue.rows[0]?.error?.detail).toBe('paper-kind')
    expect(queue.rows[0]?.mayRetry).toBe(false)
  })

  test('what cannot be taken is told at once and never sent; more than fit are not begun', () => {
    const { queue, sent } = queueOf(PAPERS_PER_ITEM - 1)
    queue.add([file('a.hwp'), file('b.pdf'), file('c.pdf')])
    expect(queue.rows.map(row => [row.name, row.state, row.fault])).toEqual([
      ['a.hwp', 'failed', 'hangul'],
      ['b.pdf', 'sending', undefined],
      ['c.pdf', 'failed', 'full'],
    ])
    expect(sent.map(one => one.name)).toEqual(['b.pdf'])
  })

  test('the list that goes away takes what is on its way along', () => {
    const { queue, sent } = queueOf()
    queue.add([file('a.pdf'), file('b.pdf')])
    queue.close()
    expect([sent[0]?.sending.signal.aborted, sent.length, queue.rows.length]).toEqual([true, 1, 0])
  })
})

const HOST = id<AgencyId>('h')
const CENTRE = id<AgencyId>('c')
const SILENT = id<AgencyId>('s')

const agency = (agencyId: AgencyId, name: string) => ({
  agencyId,
  name,
  shortName: name.slice(0, 4),
  colour: 0,
  public: true,
})
const person = (letter: string, name: string, agencyId: AgencyId, role: 'leader' | 'attendee' | 'observer') => ({
  userId: id<UserId>(letter),
  name,
  agencyId,
  role,
})

const openItem = (letter: string, label: string | null): ItemView => ({
  restricted: false,
  itemId: id<ItemId>(letter),
  kind: label === null ? 'general' : 'case',
  case: label === null ? null : { caseId: id('x'), number: '2026-031', label, stage: 'conference', leadAgencyId: HOST },
  agencies: [],
  grounds: [],
  narrowed: false,
  urgent: false,
  review: false,
  retabled: false,
  recused: [],
  mayWrite: true,
  mayChangeClearance: true,
  actionDocument: '',
  otherActionDocuments: [],
  supervision: null,
  _v: 1,
})

const view: ConferenceView = {
  conferenceId: id<ConferenceId>('m'),
  type: 'integrated',
  title: '11월 통합사례회의',
  startsAt: '2026-11-24T05:00:00Z',
  minutes: 90,
  place: '2층 회의실',
  remoteLink: 'https://meet.example.kr/dure',
  hostAgencyId: HOST,
  hostAgencyName: '생연1동 행정복지센터',
  participants: [
    person('1', '이주무관', HOST, 'leader'),
    person('2', '박센터', CENTRE, 'attendee'),
    person('3', '최참관', CENTRE, 'observer'),
  ],
  agencies: [agency(HOST, '생연1동 행정복지센터'), agency(CENTRE, '무한돌봄센터'), agency(SILENT, '아무도 없는 기관')],
  items: [openItem('a', null), openItem('b', '김○○ 가구'), { restricted: true, itemId: id<ItemId>('r') }],
  state: 'scheduled',
  myRole: 'leader',
  mayChange: true,
  leaderName: '',
  presentCount: 0,
  myStatement: 'not-needed',
  mayConduct: true,
  mayWriteNotes: true,
  mayWriteForOthers: true,
  startedAt: null,
  closedAt: null,
  synthetic: false,
  _v: 1,
}

const lines: AgendaLine[] = joinAgenda(
  [
    { id: id<ItemId>('a'), order: 'a', minutes: 10, label: '지난 회의 조치사항 점검' },
    { id: id<ItemId>('r'), order: 'b', minutes: 30, label: '' },
    { id: id<ItemId>('b'), order: 'c', minutes: 20, label: '' },
  ],
  view.items,
)

describe('the invitation', () => {
  const letter = (language: 'ko' | 'en' = 'ko') =>
    invitationText({ view, lines, to: CENTRE, language, t: words(language) })

  test('goes to every agency at the table but the host', () => {
    expect(invitedAgencies(view).map(one => one.agencyId)).toEqual([CENTRE])
  })

  test('says when, where, whom and how many items, in the order of a letter', () => {
    expect(letter().split('\n').slice(0, 16)).toEqual([
      '수신  무한돌봄센터',
      '제목  11월 통합사례회의 참석 요청',
      '',
      '1. 지역 주민의 복지 증진을 위한 귀 기관의 협조에 감사드립니다.',
      '2. 다음과 같이 통합사례회의를 개최하오니 참석하여 주시기 바랍니다.',
      '  가. 일시: 2026. 11. 24.(화) 14:00 ~ 15:30 (1시간 30분)',
      '  나. 장소: 2층 회의실',
      '  다. 원격 참석: https://meet.example.kr/dure (회의 시각에 접속)',
      '  라. 참석 요청: 박센터, 최참관',
      '  마. 참석 기관: 생연1동 행정복지센터, 무한돌봄센터 (2개 기관 3명)',
      '  바. 안건: 모두 3건 (사례 2건, 일반 1건)',
      '     1) 지난 회의 조치사항 점검 (10분)',
      '     2) 사례 안건 (30분)',
      '     3) 사례 안건 (20분)',
      expect.stringMatching(/^3\. 비밀유지 안내: .*제59조.*제49조.*제47조/),
      expect.stringMatching(/^4\. .* {2}끝\.$/),
    ])
    expect(letter().split('\n').at(-1)).toBe('생연1동 행정복지센터')
  })

  test('never names a household, in no language, also for the reader who may open it', () => {
    for (const language of ['ko', 'en'] as const) {
      expect(letter(language)).not.toContain('김○○')
      expect(letter(language)).not.toContain('2026-031')
    }
  })

  test('knows a general item by its label where every item is still closed to the reader', () => {
    const closed = joinAgenda(
      [
        { id: id<ItemId>('a'), order: 'a', minutes: 10, label: '지난 회의 조치사항 점검' },
        { id: id<ItemId>('b'), order: 'b', minutes: 20, label: '' },
      ],
      [
        { restricted: true, itemId: id<ItemId>('a') },
        { restricted: true, itemId: id<ItemId>('b') },
      ],
    )
    const text = invitationText({ view, lines: closed, to: CENTRE, language: 'ko', t: words('ko') })
    expect(text).toContain('모두 2건 (사례 1건, 일반 1건)')
    expect(text).toContain('1) 지난 회의 조치사항 점검 (10분)')
  })

  test('leaves out what is not known yet', () => {
    const bare = { ...view, place: '', remoteLink: '' }
    const text = invitationText({ view: bare, lines: [], to: CENTRE, language: 'ko', t: words('ko') })
    expect(text).toContain('나. 장소: 추후 알림')
    expect(text).toContain('다. 참석 요청')
    expect(text).toContain('안건: 회의 전까지 정하여 두레에 올림')
  })
})

describe('the plan', () => {
  const plan = (withNames: boolean) =>
    planSheet({ view, lines, purpose: '함께 정한다.', withNames, language: 'ko', t: words('ko') })

  test('names households only of items that the reader may open, and only when asked to', () => {
    const named = plan(true)
    expect(named.items).toEqual([
      { number: '1', name: '지난 회의 조치사항 점검', time: '14:00~14:10', minutes: '10분' },
      { number: '2', name: '열람 제한 안건', time: '14:10~14:40', minutes: '30분' },
      { number: '3', name: '김○○ 가구 (2026-031)', time: '14:40~15:00', minutes: '20분' },
    ])
    expect(named.named).toEqual([id('b')])
    const neutral = plan(false)
    expect(neutral.items.map(item => item.name)).toEqual(['지난 회의 조치사항 점검', '사례 안건', '사례 안건'])
    expect(neutral.named).toEqual([])
    expect(planSheetText(neutral, words('ko'))).not.toMatch(/김○○|2026-031/)
  })

  test('says who leads and writes, which agencies come with how many people, and the sum of the times', () => {
    const { facts, agencies, peopleSum, sum } = plan(true)
    expect(facts).toContainEqual(['진행·기록', '진행자 이주무관, 기록자 정하지 않음'])
    expect(agencies).toEqual([
      { name: '생연1동 행정복지센터', names: '이주무관', count: '1명' },
      { name: '무한돌봄센터', names: '박센터, 최참관(참관)', count: '2명' },
    ])
    expect([peopleSum, sum]).toEqual(['2개 기관 3명', '안건 시간 합계 1시간'])
  })

  test('as text holds all of it', () => {
    const text = planSheetText(plan(true), words('ko'))
    for (const part of [
      '개최 계획',
      '1. 목적: 함께 정한다.',
      '무한돌봄센터\t박센터, 최참관(참관)\t2명',
      '3\t김○○ 가구',
    ]) {
      expect(text).toContain(part)
    }
  })
})

describe('the pack', () => {
  const paper = (itemId: ItemId, paperId: string) => ({ itemId, paperId: paperId as PaperId }) as PaperView

  test('numbers papers by the place that their item has for everybody', () => {
    const [a, b] = [id<ItemId>('a'), id<ItemId>('b')]
    const pack = numberedPack(lines, [paper(b, 'p1'), paper(a, 'p2'), paper(b, 'p3'), paper(id<ItemId>('z'), 'p4')])
    expect(pack.flatMap(item => item.papers.map(one => [one.number, one.paper.paperId]))).toEqual([
      ['1-1', 'p2'],
      ['3-1', 'p1'],
      ['3-2', 'p3'],
    ])
  })
})

describe('the words', () => {
  type Words = { readonly [key: string]: string | Words }
  function flat(texts: Words, path = ''): [string, string][] {
    return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[path + key, value]] : flat(value, `${path}${key}.`),
    )
  }
  const blanks = (text: string) => [...new Set([...text.matchAll(/\{\{(\w+)/g)].map(match => match[1]))].sort()

  test('every Korean text has an English one that fills the same blanks', () => {
    const english = new Map(flat(papersEn))
    const korean = flat(papersKo)
    expect([...english.keys()].sort()).toEqual(korean.map(([key]) => key).sort())
    expect(korean.length).toBeGreaterThan(100)
    for (const [key, text] of korean) {
      expect([key, blanks(english.get(key) ?? '')]).toEqual([key, blanks(text)])
      expect([key, /[가-힣]/.test(text) || blanks(text).length > 0]).toEqual([key, true])
      expect([key, /[가-힣]/.test(english.get(key) ?? '')]).toEqual([key, false])
    }
  })
})
