/** Says where in the meeting's texts a resident registration number stands, why it must not, and masks it with one press (LR-17, RN8). */
import { useCallback } from 'react'
import type * as Y from 'yjs'
import { must } from '../../../../shared/assert.ts'
import { parseDocumentName } from '../../../../shared/documents/document-names.ts'
import { layoutOf } from '../../../../shared/documents/layout.ts'
import { type NumbersFound, residentNumbersInTexts } from '../../../../shared/documents/resident-numbers.ts'
import { useResidentNumbers } from '../../../lib/use-resident-numbers.ts'
import type { LinkState } from '../../../room/document-link.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice, useNotices } from '../../../ui/notice.tsx'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { mayWriteTo } from '../item/may-write.ts'
import { usePlaceWords } from '../place-words.ts'
import { useRoom, useRoomState } from '../room-context.tsx'

export function ResidentNumberLine() {
  const state = useRoomState()
  const links = [state.conference, state.item, ...state.actions].filter(link => link !== null)
  return links.map(link => <NumbersOf key={link.document} link={link} />)
}

function NumbersOf({ link }: { link: LinkState }) {
  const { t } = useRoomTexts()
  const { me, view } = useRoom()
  const placeWords = usePlaceWords()
  const notify = useNotices()
  const { doc, document } = link
  const find = useCallback(
    (texts: Y.Doc) =>
      residentNumbersInTexts(texts, layoutOf(must(parseDocumentName(document), 'a document of ours').kind)),
    [document],
  )
  const { found, count, mask } = useResidentNumbers(doc, find)
  const conducts = view.myRole === 'leader' || view.myRole === 'deputy' || view.myRole === 'minute_taker'
  const isMine = ({ write, agencyId }: NumbersFound) =>
    conducts || write === 'writer' || (write === 'agency-of-root' && agencyId === me.agencyId)
  const maskable = mayWriteTo(link, true) ? found.filter(isMine) : []
  if (found.length === 0) return null
  const maskMine = () => {
    mask(maskable)
    notify(t('resident.masked'))
  }
  const places = [...new Set(found.map(({ root }) => placeWords(root)).filter(words => words !== ''))].join(', ')
  return (
    <Notice
      tone="warning"
      announce="status"
      title={t('resident.title', { n: count })}
      actions={
        maskable.length > 0 ? (
          <Button size="small" onPress={maskMine}>
            {t('resident.mask')}
          </Button>
        ) : null
      }
    >
      {t('resident.body', { places })} {maskable.length === 0 ? t('resident.reader') : null}
    </Notice>
  )
}
