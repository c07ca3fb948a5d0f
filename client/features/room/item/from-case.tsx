/**
 * What the case's own document says already, brought into its item by a press: outline and need domains, so that nobody types twice. Offered to the
 * lead agency's people while nothing stands in the item; the server opens the document to the case's workers alone.
 */
import { useEffect, useRef, useState } from 'react'
import type * as Y from 'yjs'
import { bringIntoItem } from '../../../../shared/documents/case-parts/into-item.ts'
import type { CaseId } from '../../../../shared/ids.ts'
import { Button } from '../../../ui/button.tsx'
import { useNotices } from '../../../ui/notice.tsx'
import { useCaseDocument } from '../../case-work/use-case-document.ts'
import { useRoomTexts } from '../i18n/use-room-texts.ts'

interface FromCaseProps {
  caseId: CaseId
  item: Y.Doc
}

export function FromCase(props: FromCaseProps) {
  const { t } = useRoomTexts()
  const [isTaking, setTaking] = useState(false)
  return (
    <>
      <Button size="small" isPending={isTaking} onPress={() => setTaking(true)}>
        {t('item.fromCase')}
      </Button>
      {isTaking ? <Taking {...props} onDone={() => setTaking(false)} /> : null}
    </>
  )
}

/** Holds the case's document open for as long as it takes to read it. */
function Taking({ caseId, item, onDone }: FromCaseProps & { onDone: () => void }) {
  const { t } = useRoomTexts()
  const notify = useNotices()
  const document = useCaseDocument(caseId)
  const doc = document?.state.loaded ? document.state.doc : undefined
  const isRefused = document?.state.line.phase === 'refused'
  // Once: a second drawing before this is taken away must not write it twice.
  const isDone = useRef(false)
  useEffect(() => {
    if (isDone.current || (!isRefused && doc === undefined)) return
    isDone.current = true
    if (doc === undefined) notify(t('item.fromCaseRefused'), 'warning')
    else notify(t(bringIntoItem(doc, item) ? 'item.fromCaseDone' : 'item.fromCaseNone'), 'info')
    onDone()
  }, [doc, isRefused, item, notify, onDone, t])
  return null
}
