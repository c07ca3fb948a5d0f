/** Says where in the meeting's texts a resident registration number stands, why it must not, and masks it with one press (LR-17, RN8). */
import { useEffect, useState } from 'react'
import { must } from '../../../../shared/assert.ts'
import { parseDocumentName } from '../../../../shared/documents/document-names.ts'
import { layoutOf } from '../../../../shared/documents/layout.ts'
import {
  maskResidentNumbersIn,
  type NumbersFound,
  residentNumbersInTexts,
} from '../../../../shared/documents/resident-numbers.ts'
import type { LinkState } from '../../../room/document-link.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice, useNotices } from '../../../ui/notice.tsx'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { mayWriteTo } from '../item/may-write.ts'
import { usePlaceWords } from '../place-words.ts'
import { useRoom, useRoomState } from '../room-context.tsx'

/** After the last letter; all long texts are looked through. */
const LOOK_AFTER_MS = 600

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
  const [found, setFound] = useState<readonly NumbersFound[]>([])
  useEffect(() => {
    const layout = layoutOf(must(parseDocumentName(document), 'a document of ours').kind)
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => setFound(residentNumbersInTexts(doc, layout))
    const lookSoon = () => {
      clearTimeout(timer)
      timer = setTimeout(look, LOOK_AFTER_MS)
    }
    look()
    doc.on('update', lookSoon)
    return () => {
      clearTimeout(timer)
      doc.off('update', lookSoon)
    }
  }, [doc, document])
  const conducts = view.myRole === 'leader' || view.myRole === 'deputy' || view.myRole === 'minute_taker'
  const isMine = ({ write, agencyId }: NumbersFound) =>
    conducts || write === 'writer' || (write === 'agency-of-root' && agencyId === me.agencyId)
  const maskable = mayWriteTo(link, true) ? found.filter(isMine) : []
  if (found.length === 0) return null
  const mask = () => {
    for (const { fragment } of maskable) maskResidentNumbersIn(doc, fragment)
    notify(t('resident.masked'))
  }
  const places = [...new Set(found.map(({ root }) => placeWords(root)).filter(words => words !== ''))].join(', ')
  return (
    <Notice
      tone="warning"
      announce="status"
      title={t('resident.title', { n: found.reduce((sum, { count }) => sum + count, 0) })}
      actions={
        maskable.length > 0 ? (
          <Button size="small" onPress={mask}>
            {t('resident.mask')}
          </Button>
        ) : null
      }
    >
      {t('resident.body', { places })} {maskable.length === 0 ? t('resident.reader') : null}
    </Notice>
  )
}
