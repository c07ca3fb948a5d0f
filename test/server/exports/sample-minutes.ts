/** Minutes of a made-up conference, as a reader sees them: every part of the form has something in it. */
import { codeSetsOf } from '../../../server/code-sets/code-sets.ts'
import type { FormSource } from '../../../server/exports/forms/form-source.ts'
import { labelsAt } from '../../../server/minutes/labels.ts'
import type { RichTextNode } from '../../../shared/documents/rich-text.ts'
import { idFromBytes } from '../../../shared/ids.ts'
import type {
  EditionItem,
  ItemParts,
  MinutesAttendee,
  MinutesText,
  NamedAgency,
} from '../../../shared/minutes/minutes-record.ts'

/** An id that is the same each time. */
export const idOf = <T extends string>(n: number): T => idFromBytes<T>(new Uint8Array(16).fill(n))
export const hashOf = (n: number) => n.toString(16).padStart(2, '0').repeat(32)

export function textOf(words: string): MinutesText {
  const nodes = words
    .split('\n')
    .map((text): RichTextNode => ({ type: 'paragraph', ...(text !== '' && { content: [{ type: 'text', text }] }) }))
  return { words, nodes }
}

const agencies: NamedAgency[] = [
  { agencyId: idOf(1), name: '생연1동 행정복지센터', shortName: '생연1동' },
  { agencyId: idOf(2), name: '동두천시 무한돌봄희망센터', shortName: '무한돌봄' },
  { agencyId: idOf(3), name: '동두천시정신건강복지센터', shortName: '정신건강' },
]
const [dong, muhan, mind] = agencies as [NamedAgency, NamedAgency, NamedAgency]

const attendee = (name: string, agency: NamedAgency, more: Partial<MinutesAttendee> = {}): MinutesAttendee => ({
  name,
  agency,
  title: '',
  role: 'attendee',
  standing: 'confirmed',
  mode: 'in_person',
  deputyFor: '',
  statement: 'own-press',
  enteredBy: '',
  arrivedAt: '2026-11-24T04:58:00.000Z',
  leftAt: null,
  ...more,
})

const presentation: MinutesText = {
  words: '80대 노인 부부 가구\n난방비 체납',
  nodes: [
    { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: '가구 상황' }] },
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: '80대 노인 부부 가구로 ' },
        { type: 'text', text: '난방비를 석 달째', marks: [{ type: 'bold' }] },
        { type: 'text', text: ' 내지 못하고 있습니다. 배우자는 치매 초기로 ' },
        { type: 'text', text: '혼자 외출하지 못합니다', marks: [{ type: 'underline' }] },
        { type: 'text', text: '.' },
      ],
    },
    {
      type: 'bulletList',
      content: [
        {
          type: 'listItem',
          content: [
            { type: 'paragraph', content: [{ type: 'text', text: '간병비 월 60만 원' }] },
            {
              type: 'orderedList',
              attrs: { start: 1 },
              content: [
                {
                  type: 'listItem',
                  content: [{ type: 'paragraph', content: [{ type: 'text', text: '자부담 20만 원' }] }],
                },
                {
                  type: 'listItem',
                  content: [{ type: 'paragraph', content: [{ type: 'text', text: '나머지 체납' }] }],
                },
              ],
            },
          ],
        },
        {
          type: 'listItem',
          content: [
            {
              type: 'paragraph',
              content: [
                {
                  type: 'text',
                  text: '참고 자료',
                  marks: [{ type: 'link', attrs: { href: 'https://example.kr/guide' } }],
                },
              ],
            },
          ],
        },
      ],
    },
    {
      type: 'blockquote',
      content: [{ type: 'paragraph', content: [{ type: 'text', text: '“집에서 지내고 싶습니다.”' }] }],
    },
  ],
}

export const EMPTY_ITEM: ItemParts = {
  facts: {
    kind: 'case',
    stage: 'conference',
    progress: 'done',
    spentMs: 1_140_000,
    needs: [],
    decisions: [],
    positions: {},
    actions: 0,
    votes: [],
    deferral: null,
  },
  subject: { label: '', case: null, agencies: [dong] },
  presentation: { words: '', nodes: [] },
  opinions: [],
  discussion: { text: { words: '', nodes: [] }, ideas: [] },
  decisions: [],
  actions: [],
  confirmation: null,
  votes: [],
  deferral: null,
  recusals: [],
  quorum: [],
  papers: [],
}

const firstItem: ItemParts = {
  ...EMPTY_ITEM,
  facts: {
    ...EMPTY_ITEM.facts,
    needs: ['health', 'economy'],
    decisions: [{ kind: 'select_case_management', need: '' }],
    positions: { agrees: 2, conditional: 1 },
    actions: 2,
  },
  subject: { label: '', case: { number: '2026-044', label: '박○○ 가구', leadAgency: dong }, agencies },
  presentation,
  opinions: [
    {
      need: 'health',
      agency: muhan,
      text: textOf('치매안심센터와 함께 방문하는 것이 좋겠습니다. 약을 하루 세 번 챙겨야 합니다.'),
    },
    { need: 'economy', agency: dong, text: textOf('긴급복지 연료비를 먼저 신청합니다.') },
  ],
  discussion: {
    text: textOf('간병비는 협의회가 우선 지원하고, 석 달 뒤 다시 살피기로 하였다.\n장기요양 등급을 새로 신청한다.'),
    ideas: [{ group: '돌봄', text: '이웃 돌봄단 방문', by: '이복지', agency: '무한돌봄' }],
  },
  decisions: [
    {
      decisionId: idOf(11),
      number: 1,
      kind: 'select_case_management',
      need: '',
      text: textOf('통합사례관리 대상으로 선정하고 생연1동이 주관한다.'),
      reason: textOf('복합 욕구가 있고 가구 안에 돌볼 사람이 없음'),
      condition: textOf('석 달 뒤 재사정'),
    },
  ],
  actions: [
    {
      actionId: idOf(21),
      number: 1,
      agency: dong,
      person: '김주무',
      what: textOf('기초생활보장 급여를 신청한다'),
      rule: textOf(''),
      amount: null,
      due: '2026-12-01',
      need: 'economy',
      status: 'accepted',
    },
    {
      actionId: idOf(22),
      number: 2,
      agency: muhan,
      person: '이복지',
      what: textOf('간병비를 지급한다'),
      rule: textOf('무한돌봄 사업 지침 4-2'),
      amount: 1_250_000,
      due: '',
      need: 'health',
      status: 'proposed',
    },
  ],
  confirmation: {
    number: 1,
    hash: hashOf(7),
    at: '2026-11-24T05:31:00.000Z',
    by: '김팀장',
    answers: [
      {
        agency: muhan,
        position: 'conditional',
        words: '예산이 확정되면 지급합니다.',
        at: '2026-11-24T05:32:00.000Z',
        by: '이복지',
        byMinuteTaker: false,
      },
    ],
    changedSince: [],
  },
  votes: [],
  recusals: [
    {
      name: '최의료',
      agency: '정신건강',
      kind: 'withdrawal',
      leftAt: '2026-11-24T05:10:00.000Z',
      returnedAt: '2026-11-24T05:33:00.000Z',
    },
  ],
  papers: [{ title: '진단서', kind: 'pdf', addedBy: '김주무', agency: '생연1동' }],
}

const secondItem: ItemParts = {
  ...EMPTY_ITEM,
  facts: { ...EMPTY_ITEM.facts, kind: 'general', stage: null, progress: 'deferred', spentMs: 240_000 },
  subject: { label: '겨울철 위기가구 발굴 계획', case: null, agencies },
  discussion: { text: textOf('명단을 다시 받아 살핀다.'), ideas: [] },
  votes: [
    {
      question: '12월 첫 주에 다시 모인다',
      votesBy: 'agencies',
      cast: [
        { voter: '생연1동', choice: 'for', byMinuteTaker: false },
        { voter: '무한돌봄', choice: 'abstain', byMinuteTaker: true },
      ],
      count: { for: 1, against: 0, abstain: 1, silent: 1, needed: 2, isCarried: false },
      openedAt: '2026-11-24T06:00:00.000Z',
      closedAt: '2026-11-24T06:02:00.000Z',
    },
  ],
  deferral: {
    kind: 'papers_missing',
    reason: '명단이 아직 오지 않았음',
    retable: true,
    at: '2026-11-24T06:03:00.000Z',
    by: '김팀장',
  },
}

export const openItem = (number: number, parts: Partial<ItemParts>, more: Partial<EditionItem> = {}): EditionItem =>
  ({
    restricted: false,
    itemId: idOf(100 + number),
    number,
    hash: hashOf(number),
    parts,
    hidden: {},
    supervision: null,
    supervisionHash: hashOf(50 + number),
    ...more,
  }) as EditionItem

export function sampleSource(change: Partial<FormSource> = {}): FormSource {
  const items: EditionItem[] = [
    openItem(1, firstItem),
    openItem(2, secondItem),
    { restricted: true, itemId: idOf(103), number: 3, hash: hashOf(3), supervisionHash: hashOf(53) },
  ]
  const people = [
    attendee('김팀장', dong, { role: 'leader', title: '맞춤형복지팀장' }),
    attendee('김주무', dong, { role: 'minute_taker', title: '주무관' }),
    attendee('이복지', muhan, { mode: 'remote', title: '사례관리사', leftAt: '2026-11-24T06:05:00.000Z' }),
    attendee('최의료', mind, { statement: 'by-minute-taker', title: '팀원' }),
  ]
  return {
    labels: labelsAt(codeSetsOf([])),
    edition: {
      conferenceId: idOf(90),
      version: 1,
      root: hashOf(9),
      meeting: {
        hash: hashOf(8),
        hidden: {},
        parts: {
          facts: {
            type: 'integrated',
            plannedAt: '2026-11-24T05:00:00.000Z',
            plannedMinutes: 60,
            startedAt: '2026-11-24T05:01:00.000Z',
            closedAt: '2026-11-24T06:10:00.000Z',
            agencies: 3,
            attendees: 4,
            inAttendance: 1,
            items: 3,
            synthetic: true,
          },
          heading: {
            title: '11월 통합사례회의',
            convenedBy: dong,
            place: '생연1동 2층 회의실',
            chair: '김팀장',
            minuteTaker: '김주무',
            remarks: '',
          },
          attendance: {
            attendees: people,
            inAttendance: [attendee('박참관', mind, { role: 'observer' })],
            absent: [
              attendee('정불참', muhan, {
                mode: 'absent_with_report',
                standing: 'absent',
                arrivedAt: null,
                statement: 'none',
              }),
            ],
            onPaper: '',
          },
          proceedings: [
            { itemId: idOf(101), number: 1, label: '', plannedMinutes: 20, spentMs: 1_140_000, progress: 'done' },
            {
              itemId: idOf(102),
              number: 2,
              label: '겨울철 위기가구 발굴 계획',
              plannedMinutes: 10,
              spentMs: 240_000,
              progress: 'deferred',
            },
            { itemId: idOf(103), number: 3, label: '', plannedMinutes: 10, spentMs: 540_000, progress: 'done' },
          ],
          notes: { notes: textOf('다음 회의는 12월 둘째 수요일'), proposals: [], actions: [] },
          closing: { at: '2026-11-24T06:10:00.000Z', by: '김팀장', reason: '', open: {} },
        },
      },
      items,
    },
    standing: 'sealed',
    versions: [
      {
        number: 1,
        head: hashOf(10),
        at: '2026-11-24T08:00:00.000Z',
        by: '김주무',
        due: '2026-11-27T09:00:00.000Z',
        workingDays: 3,
        reason: '',
        seal: { at: '2026-11-28T00:00:00.000Z', by: '김팀장', how: 'no_objection', reason: '' },
      },
    ],
    agencies: [
      {
        agencyId: muhan.agencyId,
        name: muhan.name,
        shortName: muhan.shortName,
        colour: 1,
        signing: 'signed',
        people: [{ name: '이복지', kind: 'noted', at: '2026-11-25T01:00:00.000Z', version: 1 }],
      },
    ],
    said: [
      {
        signatureId: 's',
        agency: muhan.shortName,
        name: '이복지',
        kind: 'noted',
        at: '2026-11-25T01:00:00.000Z',
        version: 1,
        about: 'meeting',
        number: 0,
        words: '지급 시기는 예산에 따릅니다.',
      },
    ],
    hostType: 'dong',
    stamp: '생연1동 김주무 · 2026. 11. 28.(토) 09:12 · 반출번호 AbCd1234 · 기관 내 보고',
    ...change,
  }
}
