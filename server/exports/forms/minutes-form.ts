/**
 * 사례회의록: the whole of an edition in the order of the form and of 공공기록물 관리에 관한 법률 시행령 제18조②. An item that is not for the reader
 * is a line with its hash; so is each part that a redacted edition leaves out.
 */
import {
  CONFERENCE_TYPES,
  codesOf,
  DEFERRAL_KINDS,
  ITEM_PROGRESS,
  PAPER_KINDS,
  POSITION_KINDS,
  RECUSAL_KINDS,
  VOTE_CHOICES,
} from '../../../shared/codes.ts'
import type { Block, Line, Paper, PaperField } from '../../../shared/exports/paper.ts'
import { SIGNING_KINDS } from '../../../shared/minutes/bundle.ts'
import type { MinutesLabels } from '../../../shared/minutes/minutes-labels.ts'
import type {
  ItemParts,
  MeetingParts,
  MinutesConfirmation,
  MinutesVote,
  ShownParts,
} from '../../../shared/minutes/minutes-record.ts'
import { printableLine } from '../printable.ts'
import { line } from '../rich-lines.ts'
import { agencyWords, countWords, dateTimeWords, hashWords, lengthWords, spanWords, timeWords } from '../words.ts'
import type { FormSource } from './form-source.ts'
import {
  actionTable,
  attendanceTable,
  decisionTable,
  field,
  heading,
  hiddenLine,
  isWritten,
  itemTitle,
  kindWords,
  needWords,
  type OpenItem,
  standingWords,
  textLines,
  words,
} from './minutes-parts.ts'

export function minutesForm(source: FormSource): Paper {
  const { edition, labels, stamp } = source
  const { meeting, items } = edition
  return {
    title: '사례회의록',
    subtitle: printableLine(meeting.parts.heading?.title ?? ''),
    approval: [],
    blocks: [
      overview(source),
      ...attendance(meeting),
      ...proceedings(meeting),
      heading('3. 안건별 기록'),
      ...items.flatMap(item =>
        item.restricted
          ? [
              heading(itemTitle(item), 2),
              lines([line('이 안건을 열람할 수 있는 기관만 봅니다.', { look: 'small' }), hiddenLine(item.hash)]),
            ]
          : itemBlocks(item, labels),
      ),
      ...rest(meeting),
      ...confirmations(source),
    ],
    stamp,
  }
}

const lines = (of: readonly Line[]): Block => ({ kind: 'lines', lines: of })

function overview(source: FormSource): Block {
  const { facts, heading: head } = source.edition.meeting.parts
  const { hidden } = source.edition.meeting
  const rows: PaperField[][] = []
  if (facts) {
    rows.push([
      field('회의 종류', CONFERENCE_TYPES[facts.type].ko),
      field('일시', spanWords(facts.startedAt, facts.closedAt, facts.plannedAt)),
    ])
  }
  if (head) {
    rows.push([field('장소', head.place || '-'), field('개최기관', head.convenedBy.name)])
    rows.push([field('진행자', head.chair || '-'), field('기록자', head.minuteTaker || '-')])
  } else if (hidden.heading !== undefined) rows.push([field('회의 정보', [hiddenLine(hidden.heading)])])
  rows.push([field('회의록 상태', standingWords(source))])
  if (facts?.synthetic) rows.push([field('안내', '가상으로 만든 자료입니다. 실제 인물·가구와 관계가 없습니다.')])
  return { kind: 'fields', rows }
}

function attendance({ parts, hidden }: ShownParts<MeetingParts>): Block[] {
  const people = parts.attendance
  if (people === undefined) {
    if (hidden.attendance === undefined) return []
    const { attendees = 0, agencies = 0 } = parts.facts ?? {}
    return [
      heading('1. 참석자'),
      lines([line(`참석 ${attendees}명, 참여 기관 ${agencies}곳`), hiddenLine(hidden.attendance)]),
    ]
  }
  return [
    heading(`1. 참석자: ${countWords(people.attendees)}`),
    ...(people.attendees.length > 0 ? [attendanceTable(people.attendees)] : [lines([line('-')])]),
    ...(people.inAttendance.length > 0
      ? [heading(`배석자: ${people.inAttendance.length}명`, 2), attendanceTable(people.inAttendance)]
      : [lines([line('배석자: 없음')])]),
    ...(people.absent.length > 0
      ? [heading(`불참: ${people.absent.length}명`, 2), attendanceTable(people.absent)]
      : []),
    ...(people.onPaper === '' ? [] : [heading('종이로 받은 참석 기록', 2), lines(words(people.onPaper))]),
  ]
}

function proceedings({ parts, hidden }: ShownParts<MeetingParts>): Block[] {
  if (parts.proceedings === undefined) {
    return hidden.proceedings === undefined ? [] : [heading('2. 진행 순서'), lines([hiddenLine(hidden.proceedings)])]
  }
  return [
    heading('2. 진행 순서'),
    {
      kind: 'table',
      columns: [
        { label: '안건', share: 10, align: 'center' },
        { label: '내용', share: 50 },
        { label: '진행', share: 20, align: 'center' },
        { label: '걸린 시간', share: 20, align: 'center' },
      ],
      rows: parts.proceedings.map(({ number, label, progress, spentMs }) => [
        words(String(number)),
        words(label || '사례 안건'),
        words(ITEM_PROGRESS[progress].ko),
        words(spentMs > 0 ? lengthWords(spentMs) : '-'),
      ]),
    },
  ]
}

function itemBlocks(item: OpenItem, labels: MinutesLabels): Block[] {
  const { parts } = item
  const blocks: Block[] = [heading(itemTitle(item), 2)]
  const facts: PaperField[] = []
  if (parts.subject) {
    const { case: ofCase, agencies } = parts.subject
    if (ofCase) facts.push(field('주관기관', ofCase.leadAgency?.name ?? '-'))
    facts.push(field('참여 기관', agencies.map(agencyWords).join(', ') || '-'))
  }
  if (parts.facts) {
    const { needs, progress, spentMs } = parts.facts
    facts.push(field('욕구 영역', needs.map(need => needWords(labels, need)).join(', ') || '-'))
    facts.push(
      field('진행', [ITEM_PROGRESS[progress].ko, spentMs > 0 ? lengthWords(spentMs) : ''].filter(Boolean).join(' · ')),
    )
  }
  if (facts.length > 0) blocks.push({ kind: 'fields', rows: inPairs(facts) })
  for (const [name, title] of ITEM_PARTS) blocks.push(...shownPart(name, title, parts, labels))
  blocks.push(...hiddenParts(item, labels))
  if (item.supervision?.parts.note) {
    const { text, readers } = item.supervision.parts.note
    if (isWritten(text)) {
      blocks.push(
        heading('슈퍼비전', 3),
        lines([
          line(`읽을 수 있는 사람: ${readers.map(printableLine).join(', ')}`, { look: 'small' }),
          ...textLines(text),
        ]),
      )
    }
  }
  return blocks
}

/** Of a redacted edition: the codes of what was decided, and a line for each part that is left out. */
function hiddenParts({ parts: { facts }, hidden }: OpenItem, labels: MinutesLabels): Block[] {
  const rows = [['subject', '대상'] as const, ...ITEM_PARTS].flatMap(([name, title]) => {
    const hash = hidden[name]
    return hash === undefined ? [] : [[words(title), [hiddenLine(hash)]]]
  })
  if (rows.length === 0) return []
  const codes = facts?.decisions.flatMap(({ kind }) => (kind === '' ? [] : [kindWords(labels, kind)])) ?? []
  const positions = codesOf(POSITION_KINDS).flatMap(kind => {
    const n = facts?.positions[kind] ?? 0
    return n === 0 ? [] : [`${POSITION_KINDS[kind].ko} ${n}`]
  })
  return [
    {
      kind: 'fields',
      rows: [
        [field('결정 구분', codes.join(', ') || '-'), field('조치사항', `${facts?.actions ?? 0}건`)],
        [field('기관 입장', positions.join(', ') || '-'), field('표결', `${facts?.votes.length ?? 0}회`)],
      ],
    },
    {
      kind: 'table',
      columns: [
        { label: '비공개 부분', share: 22, align: 'center' },
        { label: '확인값', share: 78 },
      ],
      rows,
    },
  ]
}

const inPairs = (fields: readonly PaperField[]): PaperField[][] =>
  Array.from({ length: Math.ceil(fields.length / 2) }, (_, at) => fields.slice(2 * at, 2 * at + 2))

/** In the order of the form. */
const ITEM_PARTS = [
  ['presentation', '사례 개요'],
  ['opinions', '기관 의견'],
  ['discussion', '논의 내용'],
  ['decisions', '결정 사항'],
  ['actions', '조치사항'],
  ['votes', '표결'],
  ['confirmation', '결정사항 확인'],
  ['deferral', '보류'],
  ['recusals', '제척·기피·회피'],
  ['quorum', '정족수'],
  ['papers', '회의자료'],
] as const satisfies readonly (readonly [keyof ItemParts, string])[]

type PartName = (typeof ITEM_PARTS)[number][0]

/** What the law asks for is said also where there is none; the rest only where there is something. */
function shownPart(name: PartName, title: string, parts: Readonly<Partial<ItemParts>>, labels: MinutesLabels): Block[] {
  const titled = (of: readonly Line[]): Block[] => [heading(title, 3), lines(of)]
  const above = heading(title, 3)
  switch (name) {
    case 'presentation':
      return parts.presentation && isWritten(parts.presentation) ? titled(textLines(parts.presentation)) : []
    case 'opinions':
      if (parts.opinions === undefined) return []
      return parts.opinions.length === 0
        ? []
        : [
            above,
            {
              kind: 'table',
              columns: [
                { label: '영역', share: 16, align: 'center' },
                { label: '기관', share: 20, align: 'center' },
                { label: '의견', share: 64 },
              ],
              rows: parts.opinions.map(({ need, agency, text }) => [
                words(needWords(labels, need)),
                words(agencyWords(agency)),
                textLines(text),
              ]),
            },
          ]
    case 'discussion': {
      if (parts.discussion === undefined) return []
      const { text, ideas } = parts.discussion
      const ideaLines = ideas.map(idea =>
        line(
          [idea.group && `[${printableLine(idea.group)}]`, printableLine(idea.text), `(${printableLine(idea.agency)})`]
            .filter(Boolean)
            .join(' '),
          { marker: '•' },
        ),
      )
      if (!isWritten(text) && ideas.length === 0) return []
      return titled([
        ...textLines(text),
        ...(ideas.length > 0 ? [line('브레인스토밍', { look: 'strong' }), ...ideaLines] : []),
      ])
    }
    case 'decisions':
      if (parts.decisions === undefined) return []
      return parts.decisions.length === 0 ? titled([line('없음')]) : [above, decisionTable(parts.decisions, labels)]
    case 'actions':
      if (parts.actions === undefined) return []
      return parts.actions.length === 0 ? titled([line('없음')]) : [above, actionTable(parts.actions)]
    case 'votes':
      if (parts.votes === undefined) return []
      return titled(parts.votes.length === 0 ? [line('표결 없음')] : parts.votes.flatMap(voteLines))
    case 'confirmation':
      return parts.confirmation ? confirmationBlocks(title, parts.confirmation) : []
    case 'deferral': {
      const { deferral } = parts
      if (!deferral) return []
      const what = [DEFERRAL_KINDS[deferral.kind].ko, deferral.retable ? '다음 회의에 재상정' : ''].filter(Boolean)
      return titled([line(what.join(' · ')), ...(deferral.reason ? words(deferral.reason) : [])])
    }
    case 'recusals':
      return parts.recusals && parts.recusals.length > 0
        ? titled(
            parts.recusals.map(({ name, agency, kind, leftAt, returnedAt }) =>
              line(
                printableLine(
                  `${RECUSAL_KINDS[kind].ko}: ${agency} ${name} (${timeWords(leftAt)}${returnedAt === null ? ' 이후' : `~${timeWords(returnedAt)}`})`,
                ),
                { marker: '•' },
              ),
            ),
          )
        : []
    case 'quorum':
      return parts.quorum && parts.quorum.length > 0
        ? titled(
            parts.quorum.map(({ here, needed, reason, at, by }) =>
              line(`${timeWords(at)} 정족수 미달(${here}/${needed})로 진행: ${reason} (${by})`, {
                marker: '•',
              }),
            ),
          )
        : []
    case 'papers':
      return parts.papers && parts.papers.length > 0
        ? titled(
            parts.papers.map(({ title: name, kind, agency }, at) =>
              line(`${name} (${PAPER_KINDS[kind].ko}, ${agency})`, { marker: `${at + 1}.` }),
            ),
          )
        : []
  }
}

function voteLines({ question, cast, count, votesBy }: MinutesVote): Line[] {
  const result =
    count === null
      ? '마치지 않음'
      : `찬성 ${count.for}, 반대 ${count.against}, 기권 ${count.abstain} (${votesBy === 'agencies' ? '기관별' : '위원별'})`
  return [
    line(question, { marker: '•' }),
    line(result, { indent: 1 }),
    ...(cast.length === 0
      ? []
      : [
          line(
            cast
              .map(({ voter, choice }) => `${printableLine(voter)} ${choice === null ? '-' : VOTE_CHOICES[choice].ko}`)
              .join(', '),
            { indent: 1, look: 'small' },
          ),
        ]),
  ]
}

function confirmationBlocks(title: string, confirmation: MinutesConfirmation): Block[] {
  const { number, at, by, answers, changedSince, hash } = confirmation
  return [
    heading(title, 3),
    lines([line(`제${number}차 확인 ${dateTimeWords(at)} (${by})`, { look: 'small' })]),
    {
      kind: 'table',
      columns: [
        { label: '기관', share: 26, align: 'center' },
        { label: '입장', share: 14, align: 'center' },
        { label: '의견', share: 44 },
        { label: '확인', share: 16, align: 'center' },
      ],
      rows: answers.map(({ agency, position, words: said, by: person, byMinuteTaker }) => [
        words(agency.name),
        words(POSITION_KINDS[position].ko),
        said === '' ? words('-') : words(said),
        words(byMinuteTaker ? `${person} (기록자 입력)` : person),
      ]),
    },
    lines([
      line(`읽은 내용의 확인값 ${hashWords(hash)}`, { look: 'small' }),
      ...(changedSince.length > 0
        ? [line(`확인한 뒤에 ${changedSince.length}곳이 달라졌습니다.`, { look: 'small' })]
        : []),
    ]),
  ]
}

function rest({ parts, hidden }: ShownParts<MeetingParts>): Block[] {
  const blocks: Block[] = []
  const { notes, closing, heading: head } = parts
  if (notes && (isWritten(notes.notes) || notes.proposals.length > 0 || notes.actions.length > 0)) {
    blocks.push(heading('4. 공유 메모와 제안'), lines(textLines(notes.notes)))
    for (const { text, by } of notes.proposals) {
      blocks.push(lines([...textLines(text), line(`제안: ${printableLine(by)}`, { look: 'small' })]))
    }
    if (notes.actions.length > 0) blocks.push(actionTable(notes.actions))
  } else if (hidden.notes !== undefined) blocks.push(heading('4. 공유 메모와 제안'), lines([hiddenLine(hidden.notes)]))
  if (head?.remarks) blocks.push(heading('기타'), lines(words(head.remarks)))
  if (closing?.reason)
    blocks.push(heading('회의 마침'), lines(words(`남은 것이 있는 채로 마친 사유: ${closing.reason}`)))
  return blocks
}

function confirmations({ edition, agencies, said }: FormSource): Block[] {
  const rows = agencies.flatMap(agency => agency.people.map(person => ({ agency, ...person })))
  const blocks: Block[] = []
  if (rows.length > 0) {
    blocks.push(heading('기관 확인'), {
      kind: 'table',
      columns: [
        { label: '기관', share: 26, align: 'center' },
        { label: '성명', share: 16, align: 'center' },
        { label: '확인', share: 18, align: 'center' },
        { label: '의견', share: 20 },
        { label: '일시', share: 20, align: 'center' },
      ],
      rows: rows.map(({ agency, name, kind, at, version }) => [
        words(agency.name),
        words(name),
        words(version === edition.version ? SIGNING_KINDS[kind].ko : `${SIGNING_KINDS[kind].ko} (제${version}판)`),
        said
          .filter(one => one.name === name && one.at === at && one.words !== '')
          .map(one => line(printableLine(one.number === 0 ? one.words : `안건 ${one.number}: ${one.words}`))),
        words(dateTimeWords(at)),
      ]),
    })
  }
  if (edition.root !== '') blocks.push(lines([line(`회의록 확인값 ${hashWords(edition.root)}`, { look: 'small' })]))
  return blocks
}
