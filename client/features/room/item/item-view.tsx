/** The middle: one item, its parts always in the same order; or why there is none to see. */
import { useMemo, useRef } from 'react'
import type * as Y from 'yjs'
import { decisionsOf, discussionOf, needsOf, presentationOf } from '../../../../shared/documents/item-document.ts'
import type { ItemView as ItemRecord } from '../../../../shared/protocol/http-api.ts'
import { formatMinutes } from '../../../lib/format.ts'
import type { LinkState } from '../../../room/document-link.ts'
import { Button } from '../../../ui/button.tsx'
import { Chip } from '../../../ui/chips.tsx'
import { LockIcon } from '../../../ui/icons.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Loading } from '../../../ui/states.tsx'
import { Review } from '../../actions/review.tsx'
import { ItemReaders } from '../../bases/item-readers.tsx'
import { useCodeSets } from '../../code-sets/use-code-sets.ts'
import { type CommentDrafts, CommentsProvider } from '../../comments/comments-context.tsx'
import { CommentsButton, CommentsMargin } from '../../comments/comments-margin.tsx'
import { ItemHistory } from '../../history/item-history.tsx'
import { ItemReferrals } from '../../referrals/item-referrals.tsx'
import { SharedResearch } from '../../research/shared-research.tsx'
import { nameOfLine } from '../agenda/line-name.ts'
import type { AgendaLine } from '../agenda/use-agenda.ts'
import { Brainstorm } from '../brainstorm/brainstorm.tsx'
import { Deferral } from '../deciding/deferral.tsx'
import { Votes } from '../deciding/votes.tsx'
import { useFollowing } from '../follow/following.tsx'
import { HoldingCard } from '../follow/holding-card.tsx'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { useMeeting } from '../meeting-context.tsx'
import { ItemPapers } from '../papers/item-papers.tsx'
import { ReadBackCall, ReadBackFoot } from '../read-back/read-back-foot.tsx'
import { ReadBackStage } from '../read-back/read-back-stage.tsx'
import { useReadBack } from '../read-back/use-read-back.ts'
import { RecusalLines, RecusalMenu } from '../recusal/recusal.tsx'
import { useRoom, useRoomState } from '../room-context.tsx'
import { Supervision } from '../supervision/supervision.tsx'
import { RichText } from '../text/rich-text.tsx'
import { useShared } from '../use-shared.ts'
import { useSteadyPlace } from '../use-steady-place.ts'
import { ActionItems } from './action-items.tsx'
import { Decisions } from './decisions.tsx'
import { Discussion } from './discussion.tsx'
import { FromCase } from './from-case.tsx'
import { mayWriteTo } from './may-write.ts'
import { Opinions } from './opinions.tsx'

export interface ItemViewProps {
  agenda: readonly AgendaLine[]
}

type OpenItem = Extract<ItemRecord, { restricted: false }>

export function ItemView(props: ItemViewProps) {
  const { t } = useRoomTexts()
  const state = useRoomState()
  const drafts = useRef<CommentDrafts>(new Map())
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
  if (state.openItem.restricted) return <HoldingCard line={line} agenda={props.agenda} />
  const { openItem } = state
  return (
    <CommentsProvider key={openItem.itemId} itemId={openItem.itemId} link={state.item} drafts={drafts.current}>
      <Item record={openItem} line={line} {...props} />
    </CommentsProvider>
  )
}

function Item({ record, line, agenda }: ItemViewProps & { record: OpenItem; line: AgendaLine | undefined }) {
  const { t, language } = useRoomTexts()
  const codes = useCodeSets()
  const { view } = useRoom()
  const state = useRoomState()
  const scroller = useRef<HTMLDivElement>(null)
  useSteadyPlace(scroller)
  const link = state.item
  // Closed, the record still says so for who puts the words of its minutes right.
  const editable = mayWriteTo(link, record.mayWrite)
  const name = line ? nameOfLine(line, t) : ''
  const following = useFollowing()
  const { mine } = useMeeting()
  const isHeard = mine.mayLead && following.meetingAt?.id === record.itemId
  const next = line ? agenda[line.number] : undefined
  const readBack = useReadBack(record)

  return (
    <>
      <div className="item-scroll" ref={scroller} inert={readBack.covers}>
        <article className={`item${record.narrowed ? ' is-narrow' : ''}`} aria-label={name}>
          <ReadBackCall readBack={readBack} />
          <header className="item-head">
            <h2 className="item-title">
              {line ? `${line.number}. ` : ''}
              {name}
              {record.case ? <span className="item-number"> ({record.case.number})</span> : null}
            </h2>
            <div className="item-facts">
              {record.case ? (
                <Chip>{codes.label('case_stage', record.case.stage)}</Chip>
              ) : (
                <Chip>{t('item.general')}</Chip>
              )}
              {line ? (
                <span className="quiet">{t('item.minutes', { minutes: formatMinutes(line.minutes, language) })}</span>
              ) : null}
              <span className="row-tools">
                <CommentsButton />
                <RecusalMenu record={record} />
              </span>
            </div>
            <p className="item-readers" data-testid="readers">
              {record.narrowed ? (
                <>
                  <LockIcon size={18} /> <strong>{t('item.narrowed')}</strong>
                </>
              ) : (
                <strong>{t('item.readers')}:</strong>
              )}{' '}
              {record.agencies.length === 0 ? <Chip>{t('item.readersAll')}</Chip> : <ItemReaders record={record} />}
            </p>
            {link?.loaded && !editable && view.state !== 'closed' && view.myRole !== 'observer' ? (
              <p className="quiet">{t('item.readOnly')}</p>
            ) : null}
            <RecusalLines record={record} />
            <Deferral itemId={record.itemId} />
          </header>
          {link?.loaded ? (
            <ItemParts key={link.doc.guid} link={link} record={record} editable={editable} />
          ) : (
            <Loading words={t('item.loading')} />
          )}
          <ReadBackFoot readBack={readBack} />
          {link?.loaded ? <ItemHistory key={`history ${link.doc.guid}`} record={record} link={link} /> : null}
          {isHeard && following.next ? (
            <p className="item-next">
              <Button look="secondary" onPress={following.goOn}>
                {t('item.next')} → {following.next.number}. {nameOfLine(following.next, t)}
              </Button>
            </p>
          ) : next ? (
            <p className="item-next">
              <Button look="secondary" onPress={() => following.open(next.id)}>
                {t('item.next')}: {next.number}. {nameOfLine(next, t)}
              </Button>
            </p>
          ) : null}
        </article>
      </div>
      <CommentsMargin isCovered={readBack.covers} />
      <ReadBackStage readBack={readBack} record={record} name={name} />
    </>
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
  const { me, view } = useRoom()
  const presentation = useMemo(() => presentationOf(link.doc), [link.doc])
  const untouched = useShared(link.doc, PARTS, isUntouched)
  return (
    <>
      {editable && record.case && untouched ? (
        <Notice
          tone="info"
          actions={
            record.case.leadAgencyId === me.agencyId ? (
              <FromCase caseId={record.case.caseId} item={link.doc} />
            ) : undefined
          }
        >
          {t('item.firstStep')}
        </Notice>
      ) : null}
      {record.case ? (
        <section className="item-part" data-place="presentation" aria-label={t('presentation.title')}>
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
      {record.case ? <SharedResearch conferenceId={view.conferenceId} itemId={record.itemId} /> : null}
      {record.case ? <ItemReferrals conferenceId={view.conferenceId} itemId={record.itemId} changed={view} /> : null}
      {record.review ? <Review conferenceId={view.conferenceId} isLive={view.state === 'live'} /> : null}
      <ItemPapers record={record} />
      <div className={record.case ? 'item-pair' : ''}>
        {record.case ? <Opinions link={link} record={record} editable={editable} /> : null}
        <Discussion link={link} editable={editable} />
      </div>
      <Brainstorm link={link} record={record} editable={editable} />
      <Decisions link={link} editable={editable} />
      <Votes itemId={record.itemId} mayVote={editable} />
      <ActionItems record={record} />
      <Supervision record={record} />
    </>
  )
}
