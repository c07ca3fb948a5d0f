/** The middle: one item, its parts always in the same order; or why there is none to see. */
import { useMemo, useRef } from 'react'
import type * as Y from 'yjs'
import { CASE_STAGES, CONFERENCE_ROLES } from '../../../../shared/codes.ts'
import { decisionsOf, discussionOf, needsOf, presentationOf } from '../../../../shared/documents/item-document.ts'
import type { ItemId } from '../../../../shared/ids.ts'
import type { ItemView as ItemRecord } from '../../../../shared/protocol/http-api.ts'
import { formatMinutes } from '../../../lib/format.ts'
import type { LinkState } from '../../../room/document-link.ts'
import { Button } from '../../../ui/button.tsx'
import { AgencyChip, Chip } from '../../../ui/chips.tsx'
import { LockIcon } from '../../../ui/icons.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Loading } from '../../../ui/states.tsx'
import { nameOfLine } from '../agenda/line-name.ts'
import type { AgendaLine } from '../agenda/use-agenda.ts'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { useRoom, useRoomState } from '../room-context.tsx'
import { RichText } from '../text/rich-text.tsx'
import { useShared } from '../use-shared.ts'
import { useSteadyPlace } from '../use-steady-place.ts'
import { ActionItems } from './action-items.tsx'
import { Decisions } from './decisions.tsx'
import { Discussion } from './discussion.tsx'
import { mayWriteTo } from './may-write.ts'
import { Opinions } from './opinions.tsx'

export interface ItemViewProps {
  agenda: readonly AgendaLine[]
  leaderAt: ItemId | null
  onOpen: (itemId: ItemId) => void
}

type OpenItem = Extract<ItemRecord, { restricted: false }>

export function ItemView(props: ItemViewProps) {
  const { t } = useRoomTexts()
  const state = useRoomState()
  const line = props.agenda.find(one => one.id === state.openItemId)
  if (state.openItemId === null) {
    return (
      <div className="item-hold">
        <p className="empty-title">{t('item.choose')}</p>
        <p>{t('item.chooseBody')}</p>
      </div>
    )
  }
  if (state.openItem === null) {
    return (
      <div className="item-hold">
        <p className="empty-title">{t('item.removedTitle')}</p>
        <p>{t('item.removedBody')}</p>
      </div>
    )
  }
  if (state.openItem.restricted) return <HoldingCard line={line} {...props} />
  return <Item key={state.openItem.itemId} record={state.openItem} line={line} {...props} />
}

/** Not mine to see: how long about, and what I can do meanwhile. */
function HoldingCard({ line, agenda, onOpen }: ItemViewProps & { line: AgendaLine | undefined }) {
  const { t, language } = useRoomTexts()
  const others = agenda.filter(one => one.item?.restricted === false)
  return (
    <div className="item-hold" data-testid="holding-card">
      <LockIcon size={32} />
      <h2 className="empty-title">{t('item.restrictedTitle')}</h2>
      <p>{t('item.restrictedBody', { minutes: formatMinutes(line?.minutes ?? 0, language) })}</p>
      {others.length > 0 ? (
        <>
          <h3 className="quiet">{t('item.restrictedNext')}</h3>
          <ul className="stack-small">
            {others.map(one => (
              <li key={one.id}>
                <Button look="text" onPress={() => onOpen(one.id)}>
                  {one.number}. {nameOfLine(one, t)}
                </Button>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  )
}

function Item({
  record,
  line,
  agenda,
  leaderAt,
  onOpen,
}: ItemViewProps & { record: OpenItem; line: AgendaLine | undefined }) {
  const { t, language } = useRoomTexts()
  const { view } = useRoom()
  const state = useRoomState()
  const scroller = useRef<HTMLDivElement>(null)
  useSteadyPlace(scroller)
  const link = state.item
  const editable = mayWriteTo(link, record.mayWrite && view.state !== 'closed')
  const name = line ? nameOfLine(line, t) : ''
  const leaderLine =
    leaderAt !== null && leaderAt !== record.itemId ? agenda.find(one => one.id === leaderAt) : undefined
  const next = line ? agenda[line.number] : undefined

  return (
    <div className="item-scroll" ref={scroller}>
      <article className={`item${record.narrowed ? ' is-narrow' : ''}`} aria-label={name}>
        <header className="item-head">
          <h2 className="item-title">
            {line ? `${line.number}. ` : ''}
            {name}
            {record.case ? <span className="item-number"> ({record.case.number})</span> : null}
          </h2>
          <div className="item-facts">
            {record.case ? <Chip>{CASE_STAGES[record.case.stage][language]}</Chip> : <Chip>{t('item.general')}</Chip>}
            {line ? (
              <span className="quiet">{t('item.minutes', { minutes: formatMinutes(line.minutes, language) })}</span>
            ) : null}
          </div>
          <p className="item-readers" data-testid="readers">
            {record.narrowed ? (
              <>
                <LockIcon size={18} /> <strong>{t('item.narrowed')}</strong>
              </>
            ) : (
              <strong>{t('item.readers')}:</strong>
            )}{' '}
            {record.agencies.length === 0 ? (
              <Chip>{t('item.readersAll')}</Chip>
            ) : (
              record.agencies.map(agency => <AgencyChip key={agency.agencyId} {...agency} />)
            )}
          </p>
          {link?.loaded && !editable && view.state !== 'closed' && view.myRole !== 'observer' ? (
            <p className="quiet">{t('item.readOnly')}</p>
          ) : null}
          {leaderLine ? (
            <button type="button" className="go-chip" onClick={() => onOpen(leaderLine.id)}>
              {t('agenda.leaderAt', { role: CONFERENCE_ROLES.leader[language], number: leaderLine.number })} ·{' '}
              {t('agenda.go')}
            </button>
          ) : null}
        </header>
        {link?.loaded ? (
          <ItemParts key={link.doc.guid} link={link} record={record} editable={editable} />
        ) : (
          <Loading words={t('item.loading')} />
        )}
        {next ? (
          <p className="item-next">
            <Button look="secondary" onPress={() => onOpen(next.id)}>
              {t('item.next')}: {next.number}. {nameOfLine(next, t)}
            </Button>
          </p>
        ) : null}
      </article>
    </div>
  )
}

const PARTS = ['presentation', 'needs', 'discussion', 'decisions']

/** Nothing stands in the item yet. (An opinion belongs to a need.) */
const isUntouched = (doc: Y.Doc) =>
  presentationOf(doc).length === 0 &&
  discussionOf(doc).length === 0 &&
  needsOf(doc).length === 0 &&
  decisionsOf(doc).length === 0

function ItemParts({ link, record, editable }: { link: LinkState; record: OpenItem; editable: boolean }) {
  const { t } = useRoomTexts()
  const presentation = useMemo(() => presentationOf(link.doc), [link.doc])
  const untouched = useShared(link.doc, PARTS, isUntouched)
  return (
    <>
      {editable && record.case && untouched ? <Notice tone="info">{t('item.firstStep')}</Notice> : null}
      {record.case ? (
        <section className="item-part" aria-label={t('presentation.title')}>
          <h3 className="part-title">{t('presentation.title')}</h3>
          <RichText
            link={link}
            fragment={presentation}
            field="presentation"
            label={t('presentation.title')}
            placeholder={editable ? t('presentation.placeholder') : ''}
            variant="block"
            editable={editable}
          />
        </section>
      ) : null}
      <div className={record.case ? 'item-pair' : ''}>
        {record.case ? <Opinions link={link} record={record} editable={editable} /> : null}
        <Discussion link={link} editable={editable} />
      </div>
      <Decisions link={link} editable={editable} />
      <ActionItems record={record} />
    </>
  )
}
