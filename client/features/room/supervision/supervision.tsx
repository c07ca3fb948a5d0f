/**
 * What the case's workers and their supervisor keep between them about this item: on paper of its own colour, with a lock and its readers' names
 * above it, so that nobody mistakes it for what all see. For everybody else there is nothing here, and it is no place of the meeting either: a chair
 * who writes in it is not followed there (no `data-place`).
 */
import { useMemo } from 'react'
import { supervisionNoteOf } from '../../../../shared/documents/supervision-document.ts'
import type { ItemView } from '../../../../shared/protocol/http-api.ts'
import type { LinkState } from '../../../room/document-link.ts'
import { Chip } from '../../../ui/chips.tsx'
import { LockIcon } from '../../../ui/icons.tsx'
import { Loading } from '../../../ui/states.tsx'
import { mayWriteTo } from '../item/may-write.ts'
import { useRoomState } from '../room-context.tsx'
import { RichText } from '../text/rich-text.tsx'
import { CaseSupervision } from './case-supervision.tsx'
import { useSupervisionTexts } from './use-supervision-texts.ts'
import './supervision.css'

type OpenItem = Extract<ItemView, { restricted: false }>

export function Supervision({ record }: { record: OpenItem }) {
  if (record.supervision === null) return null
  const { readers } = record.supervision
  const names = readers.map(reader => reader.name).join(', ')
  return (
    <>
      <ItemNote names={names} isAlone={readers.length === 1} />
      {record.case ? <CaseSupervision key={record.case.caseId} caseId={record.case.caseId} on="item" /> : null}
    </>
  )
}

function ItemNote({ names, isAlone }: { names: string; isAlone: boolean }) {
  const { t } = useSupervisionTexts()
  const { supervision: link } = useRoomState()
  return (
    <section className="item-part supervision" aria-labelledby="supervision-title">
      <div className="part-head">
        <h3 className="part-title" id="supervision-title">
          {t('title')}
        </h3>
        <Chip icon={<LockIcon size={16} />}>{t('private')}</Chip>
      </div>
      <p className="supervision-readers" data-testid="supervision-readers">
        {isAlone ? t('alone', { names }) : t('readers', { names })}
      </p>
      <p className="quiet">{t('lead')}</p>
      {link?.loaded ? (
        <Note key={link.doc.guid} link={link} />
      ) : link?.line.phase === 'refused' ? (
        <p className="part-empty">{t('withheld')}</p>
      ) : (
        <Loading words={t('loading')} />
      )}
    </section>
  )
}

function Note({ link }: { link: LinkState }) {
  const { t } = useSupervisionTexts()
  const fragment = useMemo(() => supervisionNoteOf(link.doc), [link.doc])
  return (
    <RichText
      link={link}
      fragment={fragment}
      field="supervision"
      label={t('title')}
      placeholder={t('placeholder')}
      variant="block"
      editable={mayWriteTo(link, true)}
      toolbar
    />
  )
}
