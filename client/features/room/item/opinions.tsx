/** What each agency thinks, need by need. Everybody writes their own agency's; who conducts may write for those without a device. */
import { useMemo, useState } from 'react'
import type * as Y from 'yjs'
import { codesOf, NEED_DOMAINS, type NeedDomain } from '../../../../shared/codes.ts'
import { handsIn } from '../../../../shared/documents/attribution.ts'
import { needsOf, opinionOf, opinionRootOf, opinionsOf, setNeed } from '../../../../shared/documents/item-document.ts'
import type { AgencyId } from '../../../../shared/ids.ts'
import type { ItemView } from '../../../../shared/protocol/http-api.ts'
import type { LinkState } from '../../../room/document-link.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { AgencyChip, Chip } from '../../../ui/chips.tsx'
import { CloseIcon } from '../../../ui/icons.tsx'
import { Select } from '../../../ui/pickers.tsx'
import { useCodeSets } from '../../code-sets/use-code-sets.ts'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { useMeeting } from '../meeting-context.tsx'
import { useRoom } from '../room-context.tsx'
import { RichText } from '../text/rich-text.tsx'
import { useShared } from '../use-shared.ts'
import { type OpinionSource, sourceOf, wayOf } from './opinion-source.ts'
import { useWriters } from './use-writers.ts'
import './opinion-source.css'

type OpenItem = Extract<ItemView, { restricted: false }>

export function Opinions({ link, record, editable }: { link: LinkState; record: OpenItem; editable: boolean }) {
  const { t } = useRoomTexts()
  const codes = useCodeSets()
  const { me, view } = useRoom()
  const { view: meeting } = useMeeting()
  const [forOthers, setForOthers] = useState(false)
  const agencies = record.agencies
  const roots = useMemo(
    () => ['needs', ...codesOf(NEED_DOMAINS).flatMap(need => agencies.map(a => opinionRootOf(need, a.agencyId)))],
    [agencies],
  )
  const written = useShared(link.doc, roots, readWritten)
  const writerOf = useWriters(
    link,
    record.itemId,
    [...written.hands.values()].flatMap(hands => [...hands]),
  )
  const attendance = meeting?.attendance ?? []
  const sourceFor = (need: NeedDomain, agencyId: AgencyId) => {
    const hands = [...(written.hands.get(opinionRootOf(need, agencyId)) ?? [])]
    return sourceOf(
      agencyId,
      hands.map(writerOf).filter(hand => hand !== undefined),
      attendance,
    )
  }
  const free = codesOf(NEED_DOMAINS).filter(need => !written.needs.includes(need))

  return (
    <section className="item-part" data-place="opinions" aria-labelledby="opinions-title">
      <div className="part-head">
        <h3 className="part-title" id="opinions-title">
          {t('opinions.title')}
        </h3>
        {editable && view.mayWriteForOthers && written.needs.length > 0 ? (
          <Button look="text" size="small" onPress={() => setForOthers(!forOthers)}>
            {forOthers ? t('opinions.forOthersDone') : t('opinions.forOthers')}
          </Button>
        ) : null}
      </div>
      {written.needs.length === 0 ? <p className="part-empty">{t('opinions.empty')}</p> : null}
      {written.needs.map(need => (
        <Need
          key={need}
          need={need}
          link={link}
          record={record}
          editable={editable}
          showAll={forOthers}
          has={agencyId => written.hands.has(opinionRootOf(need, agencyId))}
          sourceFor={agencyId => sourceFor(need, agencyId)}
          isAway={agencyId => wayOf(agencyId, attendance) !== null}
          mine={me.agencyId}
        />
      ))}
      {editable && free.length > 0 ? (
        <Select
          label={t('opinions.addNeed')}
          labelHidden
          placeholder={`+ ${t('opinions.addNeed')}`}
          width="medium"
          value={null}
          options={free.map(need => ({ id: need, label: codes.label('need_domain', need) }))}
          onChange={need => setNeed(link.doc, need, true)}
        />
      ) : null}
    </section>
  )
}

interface Written {
  needs: readonly NeedDomain[]
  /** By the names of the opinion roots in which something stands: the client ids whose words stand there. */
  hands: ReadonlyMap<string, ReadonlySet<number>>
}

function readWritten(doc: Y.Doc): Written {
  // An emptied text keeps a paragraph; words are what counts.
  const opinions = opinionsOf(doc)
    .map(({ need, agencyId, text }) => ({ need, agencyId, hands: handsIn(text) }))
    .filter(({ hands }) => hands.size > 0)
  const needs = new Set([...needsOf(doc), ...opinions.map(opinion => opinion.need)])
  return {
    needs: codesOf(NEED_DOMAINS).filter(need => needs.has(need)),
    hands: new Map(opinions.map(({ need, agencyId, hands }) => [opinionRootOf(need, agencyId), hands])),
  }
}

interface NeedProps {
  need: NeedDomain
  link: LinkState
  record: OpenItem
  editable: boolean
  showAll: boolean
  has: (agencyId: AgencyId) => boolean
  sourceFor: (agencyId: AgencyId) => OpinionSource
  /** Nobody of the agency can write here now; what it sent or says is entered for it. */
  isAway: (agencyId: AgencyId) => boolean
  mine: AgencyId | null
}

function Need({ need, link, record, editable, showAll, has, sourceFor, isAway, mine }: NeedProps) {
  const { t } = useRoomTexts()
  const { view } = useRoom()
  const label = useCodeSets().label('need_domain', need)
  const mayEnter = (agencyId: AgencyId) => showAll || (view.mayWriteForOthers && isAway(agencyId))
  const shown = record.agencies.filter(
    ({ agencyId }) => has(agencyId) || (editable && (agencyId === mine || mayEnter(agencyId))),
  )
  const silent = record.agencies.filter(a => !shown.includes(a))
  return (
    <div className="need">
      <div className="need-head">
        <h4 className="need-title">{label}</h4>
        {editable && record.agencies.every(a => !has(a.agencyId)) ? (
          <IconButton label={t('opinions.removeNeed', { need: label })} onPress={() => setNeed(link.doc, need, false)}>
            <CloseIcon size={16} />
          </IconButton>
        ) : null}
      </div>
      {shown.map(agency => (
        <div key={agency.agencyId} className="opinion">
          <div className="opinion-who">
            <AgencyChip {...agency} />
            <Source {...sourceFor(agency.agencyId)} />
          </div>
          <OpinionText
            link={link}
            need={need}
            agencyId={agency.agencyId}
            label={t('opinions.field', { need: label, agency: agency.shortName })}
            placeholder={t('opinions.placeholder', { agency: agency.shortName })}
            editable={editable && (agency.agencyId === mine || view.mayWriteForOthers)}
          />
        </div>
      ))}
      {silent.length > 0 ? (
        <p className="quiet opinion-none">
          {t('opinions.none', { agencies: silent.map(a => a.shortName).join(', ') })}
        </p>
      ) : null}
    </div>
  )
}

/** How it was given, and who entered it for the agency: `서면 의견 · 입력: 김기록`. */
function Source({ way, enteredBy, isShared }: OpinionSource) {
  const { t } = useRoomTexts()
  if (way === null) return null
  const names = enteredBy.join(', ')
  return (
    <p className="opinion-source" data-testid="opinion-source">
      <Chip>{t(`opinions.way.${way}`)}</Chip>
      {names === '' ? null : t(isShared ? 'opinions.partlyEnteredBy' : 'opinions.enteredBy', { names })}
    </p>
  )
}

function OpinionText(props: {
  link: LinkState
  need: NeedDomain
  agencyId: AgencyId
  label: string
  placeholder: string
  editable: boolean
}) {
  const { link, need, agencyId } = props
  const fragment = useMemo(() => opinionOf(link.doc, need, agencyId), [link.doc, need, agencyId])
  return (
    <RichText
      link={link}
      fragment={fragment}
      field={opinionRootOf(need, agencyId)}
      label={props.label}
      placeholder={props.placeholder}
      variant="block"
      editable={props.editable}
    />
  )
}
