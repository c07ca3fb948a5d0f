/** The minutes as a paper form: what one reader may read of a version. */
import type { ReactNode } from 'react'
import {
  ATTENDANCE_MODES,
  ATTENDANCE_STANDINGS,
  CONFERENCE_TYPES,
  codesOf,
  ITEM_PROGRESS,
  isCode,
} from '../../../shared/codes.ts'
import type { ItemId } from '../../../shared/ids.ts'
import type { PartChange } from '../../../shared/minutes/differences.ts'
import type { MinutesLabels } from '../../../shared/minutes/minutes-labels.ts'
import type {
  EditionItem,
  MeetingParts,
  MinutesAttendee,
  MinutesEdition,
  OpenPointKind,
} from '../../../shared/minutes/minutes-record.ts'
import { formatDateTime, formatMinutes, formatTime, type Language } from '../../lib/format.ts'
import { Chip } from '../../ui/chips.tsx'
import { PaperItem } from './paper-item.tsx'
import { RichNodes } from './rich-nodes.tsx'
import { minutesKo } from './texts-ko.ts'
import { type MinutesWords, useMinutesTexts } from './use-minutes-texts.ts'

interface PaperProps {
  edition: MinutesEdition
  labels: MinutesLabels
  changes: readonly PartChange[]
}

export function Paper({ edition, labels, changes }: PaperProps) {
  const { t, language } = useMinutesTexts()
  const { facts, heading, attendance, proceedings, notes, closing } = edition.meeting.parts
  const names = namesOf(edition, t)
  const changedIn = (itemId: ItemId | null) => changes.filter(change => change.itemId === itemId)
  return (
    <article className="minutes-paper" aria-label={t('paper.form')} data-testid="minutes-paper">
      <h2 className="sheet-title">{t('paper.form')}</h2>
      {facts?.synthetic ? (
        <p className="minutes-synthetic">
          <Chip>{t('paper.synthetic')}</Chip>
        </p>
      ) : null}
      <Changed changes={changedIn(null)} />
      {heading && facts ? (
        <dl className="minutes-facts">
          <Fact name={t('paper.name')}>{heading.title}</Fact>
          <Fact name={t('paper.type')}>{CONFERENCE_TYPES[facts.type][language]}</Fact>
          <Fact name={t('paper.convenedBy')}>{heading.convenedBy.name}</Fact>
          <Fact name={t('paper.when')}>{whenOf(facts, language)}</Fact>
          <Fact name={t('paper.place')}>{heading.place || '–'}</Fact>
          <Fact name={t('paper.chair')}>{heading.chair || '–'}</Fact>
          <Fact name={t('paper.taker')}>{heading.minuteTaker || '–'}</Fact>
          {attendance ? <Attendance attendance={attendance} /> : null}
          {heading.remarks ? <Fact name={t('paper.remarks')}>{heading.remarks}</Fact> : null}
        </dl>
      ) : null}
      {proceedings ? (
        <>
          <h3 className="minutes-heading">{t('paper.proceedings')}</h3>
          <div className="table-scroll">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{t('paper.order')}</th>
                  <th scope="col">{t('paper.item')}</th>
                  <th scope="col">{t('paper.planned')}</th>
                  <th scope="col">{t('paper.spent')}</th>
                  <th scope="col">{t('paper.progress')}</th>
                </tr>
              </thead>
              <tbody>
                {proceedings.map(line => (
                  <tr key={line.itemId}>
                    <td className="number">{line.number}</td>
                    <th scope="row">{names.get(line.itemId) ?? line.label}</th>
                    <td className="number">{formatMinutes(line.plannedMinutes, language)}</td>
                    <td className="number">{spentWords(line.spentMs, language)}</td>
                    <td>{ITEM_PROGRESS[line.progress][language]}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      ) : null}
      {edition.items.map(item => (
        <PaperItem
          key={item.itemId}
          item={item}
          labels={labels}
          changed={<Changed changes={changedIn(item.itemId)} />}
        />
      ))}
      {notes && (notes.notes.words !== '' || notes.proposals.length > 0) ? (
        <section className="minutes-item">
          <h3 className="minutes-heading">{t('paper.notes')}</h3>
          <RichNodes text={notes.notes} />
          {notes.proposals.map(proposal => (
            <div key={`${proposal.by}-${proposal.text.words}`}>
              <p className="quiet small">
                {t('paper.proposals')} · {proposal.by}
              </p>
              <RichNodes text={proposal.text} />
            </div>
          ))}
        </section>
      ) : null}
      {closing ? (
        <section className="minutes-item">
          <h3 className="minutes-heading">{t('paper.closing')}</h3>
          <p>
            {formatDateTime(closing.at, language)} · {closing.by}
          </p>
          <p>{closingWords(closing, t)}</p>
          {closing.reason ? <p>{t('paper.closedReason', { reason: closing.reason })}</p> : null}
        </section>
      ) : null}
      <Hashes edition={edition} />
    </article>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Attendance({ attendance }: { attendance: MeetingParts['attendance'] }) {
  const { t, language } = useMinutesTexts()
  const list = (people: readonly MinutesAttendee[]) =>
    people.length === 0 ? (
      t('paper.none')
    ) : (
      <ul className="minutes-people">
        {people.map(one => (
          <li key={`${one.agency.agencyId}-${one.name}`}>{attendeeWords(one, t, language)}</li>
        ))}
      </ul>
    )
  return (
    <>
      <Fact name={t('paper.attendees')}>{list(attendance.attendees)}</Fact>
      <Fact name={t('paper.inAttendance')}>{list(attendance.inAttendance)}</Fact>
      {attendance.absent.length > 0 ? <Fact name={t('paper.absent')}>{list(attendance.absent)}</Fact> : null}
      {attendance.onPaper ? <Fact name={t('paper.onPaper')}>{attendance.onPaper}</Fact> : null}
    </>
  )
}

function attendeeWords(one: MinutesAttendee, t: MinutesWords, language: Language): string {
  const times =
    one.arrivedAt === null ? '' : `${formatTime(one.arrivedAt)}${one.leftAt ? `–${formatTime(one.leftAt)}` : ''}`
  const facts = [
    one.mode === null ? '' : ATTENDANCE_MODES[one.mode][language],
    // They said so themselves; nobody confirmed it.
    one.standing === 'announced' ? ATTENDANCE_STANDINGS.announced[language] : '',
    times,
    one.enteredBy ? `${t('paper.byTaker')}: ${one.enteredBy}` : '',
  ].filter(Boolean)
  const post = one.title ? ` ${one.title}` : ''
  return `${one.agency.name} ${one.name}${post}${facts.length > 0 ? ` (${facts.join(', ')})` : ''}`
}

function whenOf(facts: MeetingParts['facts'], language: Language): string {
  const from = formatDateTime(facts.startedAt ?? facts.plannedAt, language)
  return facts.closedAt === null ? from : `${from} – ${formatTime(facts.closedAt)}`
}

export const spentWords = (spentMs: number, language: Language): string =>
  spentMs === 0 ? '–' : formatMinutes(Math.max(1, Math.round(spentMs / 60_000)), language)

/** What people call the items: a household by its label where the reader may read it. */
function namesOf({ items, meeting }: MinutesEdition, t: MinutesWords): Map<ItemId, string> {
  const lines = new Map(meeting.parts.proceedings?.map(line => [line.itemId, line]))
  return new Map(items.map(item => [item.itemId, nameOf(item, lines.get(item.itemId)?.label ?? '', t)]))
}

function nameOf(item: EditionItem, label: string, t: MinutesWords): string {
  if (item.restricted) return t('paper.restricted')
  return item.parts.subject?.case?.label ?? (label || item.parts.subject?.label || t('paper.caseItem'))
}

/** What was open in an item is counted with that item; here a reason says that something was. */
function closingWords(
  { open, reason }: { open: Partial<Record<OpenPointKind, number>>; reason: string },
  t: MinutesWords,
): string {
  const kinds = codesOf(minutesKo.open)
  const words = kinds.flatMap(kind => (open[kind] ? [t(`open.${kind}`, { n: open[kind] })] : []))
  if (words.length > 0) return t('paper.closedWith', { open: words.join(', ') })
  return t(reason === '' ? 'paper.closedWhole' : 'paper.closedInItems')
}

/** In the margin: which parts this version changed. */
function Changed({ changes }: { changes: readonly PartChange[] }) {
  const { t } = useMinutesTexts()
  if (changes.length === 0) return null
  const parts = changes.map(({ part }) => (isCode(minutesKo.part, part) ? t(`part.${part}`) : part))
  return (
    <p className="minutes-margin">
      <Chip tone="warning">{t('paper.changed')}</Chip> {[...new Set(parts)].join(', ')}
    </p>
  )
}

function Hashes({ edition }: { edition: MinutesEdition }) {
  const { t } = useMinutesTexts()
  if (edition.root === '') return null
  const rows = [
    [t('paper.root'), edition.root],
    [t('paper.leafMeeting'), edition.meeting.hash],
    ...edition.items.flatMap(({ number, hash, supervisionHash }) => [
      [t('paper.leafItem', { number }), hash],
      [t('paper.leafSupervision', { number }), supervisionHash],
    ]),
  ] as const
  return (
    <details className="minutes-hashes">
      <summary>{t('paper.hashes')}</summary>
      <p className="quiet small">{t('paper.hashesSays')}</p>
      <dl>
        {rows.map(([name, hash]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{hash}</code>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
