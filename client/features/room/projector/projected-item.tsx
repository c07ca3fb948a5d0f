/** One item on the wall: decisions and action items; what is being read back exactly as it was frozen; longer texts only when asked for. */
import type * as Y from 'yjs'
import type { DecisionKind } from '../../../../shared/codes.ts'
import { actionsOf } from '../../../../shared/documents/actions-document.ts'
import { decisionsOf, discussionOf, presentationOf } from '../../../../shared/documents/item-document.ts'
import { plainTextOf } from '../../../../shared/documents/rich-text.ts'
import type { AgencyId } from '../../../../shared/ids.ts'
import type { ConfirmationView } from '../../../../shared/meeting/meeting-view.ts'
import { changesSince, type ReadBackContent } from '../../../../shared/meeting/read-back.ts'
import type { ItemView } from '../../../../shared/protocol/http-api.ts'
import { formatMoney, formatShortDay } from '../../../lib/format.ts'
import type { LinkState } from '../../../room/document-link.ts'
import { AgencyChip } from '../../../ui/chips.tsx'
import { Loading } from '../../../ui/states.tsx'
import { useCodeSets } from '../../code-sets/use-code-sets.ts'
import { ProjectedCards } from '../brainstorm/projected-cards.tsx'
import { useMeetingTexts } from '../follow/use-meeting-texts.ts'
import { useMeeting } from '../meeting-context.tsx'
import { useReadBackContent } from '../read-back/use-read-back-content.ts'
import { useRoom, useRoomState } from '../room-context.tsx'
import { useShared } from '../use-shared.ts'

type OpenItem = Extract<ItemView, { restricted: false }>

export function ProjectedItem({ record, showsText }: { record: OpenItem; showsText: boolean }) {
  const { t } = useMeetingTexts()
  const { item, actions } = useRoomState()
  const { view } = useMeeting()
  const hearing = view?.hearings[record.itemId]
  if (hearing?.readBack) return <ReadBack content={hearing.readBack.content} itemId={record.itemId} />
  if (!item?.loaded) return <Loading />
  return (
    <>
      {hearing?.confirmed ? <Confirmed confirmed={hearing.confirmed} record={record} /> : null}
      {showsText ? <Texts link={item} record={record} /> : null}
      <ProjectedCards view={hearing?.brainstorm} />
      <Decisions link={item} />
      <section>
        <h3>{t('projector.actions')}</h3>
        {actions.map(link =>
          link.loaded ? (
            <Actions key={link.document} link={link} record={record} isOnly={actions.length === 1} />
          ) : null,
        )}
      </section>
    </>
  )
}

/** What stands below is called confirmed only while it is what was confirmed. */
function Confirmed({ confirmed, record }: { confirmed: ConfirmationView; record: OpenItem }) {
  const { t } = useMeetingTexts()
  const now = useReadBackContent(record)
  const isChanged = now !== null && changesSince(confirmed.content, now).length > 0
  const words = t('projector.confirmed', { number: confirmed.number })
  return <p className="projector-chip">{isChanged ? `${words} · ${t('projector.changed')}` : words}</p>
}

const DECISIONS = ['decisions']
const decisionLines = (doc: Y.Doc) =>
  decisionsOf(doc).map(one => ({
    id: one.id,
    kind: one.kind ?? ('' as const),
    text: plainTextOf(one.text),
    condition: plainTextOf(one.condition),
  }))

function Decisions({ link }: { link: LinkState }) {
  const { t } = useMeetingTexts()
  const decisions = useShared(link.doc, DECISIONS, decisionLines)
  return (
    <section>
      <h3>{t('projector.decisions')}</h3>
      {decisions.length === 0 ? <p className="projector-none">{t('projector.noDecisions')}</p> : null}
      <ol>
        {decisions.map(one => (
          <DecisionLine key={one.id} {...one} />
        ))}
      </ol>
    </section>
  )
}

function DecisionLine({ kind, text, condition }: { kind: DecisionKind | ''; text: string; condition: string }) {
  const { t } = useMeetingTexts()
  const codes = useCodeSets()
  return (
    <li>
      {kind ? <strong className="projector-kind">{codes.label('decision_kind', kind)}</strong> : null}
      <Words text={text} />
      {condition ? <p className="projector-detail">{t('projector.condition', { words: condition })}</p> : null}
    </li>
  )
}

interface ActionWords {
  agencyId: AgencyId | ''
  what: string
  person: string
  due: string
  amount: number | null
}

const ACTIONS = ['actions']
const actionLines = (doc: Y.Doc) => actionsOf(doc).map(one => ({ ...one, what: plainTextOf(one.what) }))

function Actions({ link, record, isOnly }: { link: LinkState; record: OpenItem; isOnly: boolean }) {
  const { t } = useMeetingTexts()
  const all = useShared(link.doc, ACTIONS, actionLines)
  // The conference's own ledger holds those of all its general items.
  const shown = record.kind === 'general' ? all.filter(one => one.itemId === record.itemId) : all
  if (shown.length === 0) return isOnly ? <p className="projector-none">{t('projector.noActions')}</p> : null
  return (
    <ol>
      {shown.map(one => (
        <ActionLine key={one.id} {...one} />
      ))}
    </ol>
  )
}

function ActionLine({ agencyId, what, person, due, amount }: ActionWords) {
  const { t, language } = useMeetingTexts()
  const { agencies } = useRoom()
  const agency = agencyId === '' ? undefined : agencies.get(agencyId)
  const facts = [
    person,
    due ? t('projector.until', { day: formatShortDay(due, language) }) : '',
    amount === null ? '' : formatMoney(amount, language),
  ].filter(Boolean)
  return (
    <li>
      {agency ? <AgencyChip {...agency} /> : null}
      <Words text={what} />
      {facts.length > 0 ? <p className="projector-detail">{facts.join(' · ')}</p> : null}
    </li>
  )
}

/** Exactly what was frozen, and which agencies have answered; what they answered is theirs to say. */
function ReadBack({ content, itemId }: { content: ReadBackContent; itemId: OpenItem['itemId'] }) {
  const { t } = useMeetingTexts()
  const { agencies } = useRoom()
  const { view } = useMeeting()
  const readBack = view?.hearings[itemId]?.readBack
  const answered = new Set(readBack?.answers.map(answer => answer.agencyId))
  return (
    <div className="projector-read-back">
      <p className="projector-chip">{t('projector.readBack')}</p>
      <section>
        <h3>{t('projector.decisions')}</h3>
        <ol>
          {content.decisions.map(one => (
            <DecisionLine key={one.decisionId} {...one} />
          ))}
        </ol>
      </section>
      <section>
        <h3>{t('projector.actions')}</h3>
        <ol>
          {content.actions.map(one => (
            <ActionLine key={one.actionId} {...one} />
          ))}
        </ol>
      </section>
      <ul className="projector-asked">
        {(readBack?.asked ?? []).map(agencyId => {
          const agency = agencies.get(agencyId)
          return agency ? (
            <li key={agencyId}>
              <AgencyChip {...agency} />
              {answered.has(agencyId) ? ` ✓ ${t('projector.answered')}` : ''}
            </li>
          ) : null
        })}
      </ul>
    </div>
  )
}

const TEXTS = ['presentation', 'discussion']
const textsOf = (doc: Y.Doc) => ({
  presentation: plainTextOf(presentationOf(doc)),
  discussion: plainTextOf(discussionOf(doc)),
})

function Texts({ link, record }: { link: LinkState; record: OpenItem }) {
  const { t } = useMeetingTexts()
  const { presentation, discussion } = useShared(link.doc, TEXTS, textsOf)
  return (
    <>
      {record.case && presentation ? (
        <section>
          <h3>{t('projector.presentation')}</h3>
          <Words text={presentation} />
        </section>
      ) : null}
      {discussion ? (
        <section>
          <h3>{t('projector.discussion')}</h3>
          <Words text={discussion} />
        </section>
      ) : null}
    </>
  )
}

const Words = ({ text }: { text: string }) => <p className="projector-words">{text}</p>
