/** What each agency thinks, need by need. Everybody writes their own agency's; who conducts may write for those without a device. */
import { useMemo, useState } from 'react'
import type * as Y from 'yjs'
import { codesOf, NEED_DOMAINS, type NeedDomain } from '../../../../shared/codes.ts'
import { needsOf, opinionOf, opinionRootOf, opinionsOf, setNeed } from '../../../../shared/documents/item-document.ts'
import type { AgencyId } from '../../../../shared/ids.ts'
import type { ItemView } from '../../../../shared/protocol/http-api.ts'
import type { LinkState } from '../../../room/document-link.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { AgencyChip } from '../../../ui/chips.tsx'
import { CloseIcon } from '../../../ui/icons.tsx'
import { Select } from '../../../ui/pickers.tsx'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { useRoom } from '../room-context.tsx'
import { RichText } from '../text/rich-text.tsx'
import { useShared } from '../use-shared.ts'

type OpenItem = Extract<ItemView, { restricted: false }>

export function Opinions({ link, record, editable }: { link: LinkState; record: OpenItem; editable: boolean }) {
  const { t, language } = useRoomTexts()
  const { me, view } = useRoom()
  const [forOthers, setForOthers] = useState(false)
  const agencies = record.agencies
  const roots = useMemo(
    () => ['needs', ...codesOf(NEED_DOMAINS).flatMap(need => agencies.map(a => opinionRootOf(need, a.agencyId)))],
    [agencies],
  )
  const written = useShared(link.doc, roots, readWritten)
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
          has={agencyId => written.texts.has(opinionRootOf(need, agencyId))}
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
          options={free.map(need => ({ id: need, label: NEED_DOMAINS[need][language] }))}
          onChange={need => setNeed(link.doc, need, true)}
        />
      ) : null}
    </section>
  )
}

interface Written {
  needs: readonly NeedDomain[]
  /** Names of the opinion roots in which something stands. */
  texts: ReadonlySet<string>
}

function readWritten(doc: Y.Doc): Written {
  const opinions = opinionsOf(doc).filter(opinion => hasWords(opinion.text))
  const needs = new Set([...needsOf(doc), ...opinions.map(opinion => opinion.need)])
  return {
    needs: codesOf(NEED_DOMAINS).filter(need => needs.has(need)),
    texts: new Set(opinions.map(opinion => opinionRootOf(opinion.need, opinion.agencyId))),
  }
}

/** An emptied text keeps a paragraph; words are what counts. */
function hasWords(text: Y.XmlFragment): boolean {
  return (
    text
      .toString()
      .replace(/<[^>]*>/g, '')
      .trim() !== ''
  )
}

interface NeedProps {
  need: NeedDomain
  link: LinkState
  record: OpenItem
  editable: boolean
  showAll: boolean
  has: (agencyId: AgencyId) => boolean
  mine: AgencyId | null
}

function Need({ need, link, record, editable, showAll, has, mine }: NeedProps) {
  const { t, language } = useRoomTexts()
  const { view } = useRoom()
  const label = NEED_DOMAINS[need][language]
  const shown = record.agencies.filter(a => has(a.agencyId) || (editable && (a.agencyId === mine || showAll)))
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
          <AgencyChip {...agency} />
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
