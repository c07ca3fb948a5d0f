/** Opens a case's document for the parts inside: where my words are, who else is here, what the line does, and the way back of my last step. */
import { type ReactNode, useCallback, useMemo } from 'react'
import { CASE_LISTS } from '../../../shared/documents/case-document.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import { useSession } from '../../lib/session.tsx'
import { useDirectory } from '../../lib/use-directory.ts'
import { useNotices } from '../../ui/notice.tsx'
import { Loading } from '../../ui/states.tsx'
import type { CaseSectionProps } from '../cases/case-sections.tsx'
import { useRoomTexts } from '../room/i18n/use-room-texts.ts'
import { caretLook, pasteWords, type TextSurroundings, TextSurroundingsContext } from '../room/text/surroundings.ts'
import { UndoLine } from '../room/undo-line.tsx'
import { useUndoable } from '../room/use-shared.ts'
import { type CaseWork, CaseWorkContext } from './case-work-context.ts'
import { useCodes } from './codes.ts'
import { ResidentNumberNotice } from './resident-number-notice.tsx'
import { type CaseDocument, useCaseDocument } from './use-case-document.ts'
import { useCaseWorkTexts } from './use-case-work-texts.ts'
import { OthersHere, ReceiptLine, WorkLines } from './work-lines.tsx'
import '../room/room.css'
import './case-work.css'

/** Roots of which a person's own steps are taken back one by one. Long texts have their own undo, in the editor. */
const UNDOABLE_ROOTS = [...CASE_LISTS.map(list => list.root), 'facts', 'householdTypes', 'targetGroups', 'livelihood']

export function CaseWorkFrame({ caseId, view, children }: CaseSectionProps & { children: ReactNode }) {
  const { t } = useCaseWorkTexts()
  const document = useCaseDocument(caseId)
  if (document === undefined) return <Loading words={t('opening')} />
  return (
    <div className="case-work stack">
      <div className="case-work-bar">
        <OthersHere people={document.state.people} />
        <ReceiptLine state={document.state} />
      </div>
      <WorkLines document={document} />
      {document.state.loaded ? (
        <Opened key={document.state.doc.guid} caseId={caseId} view={view} document={document}>
          {children}
        </Opened>
      ) : document.state.line.phase === 'refused' ? null : (
        <Loading words={t('opening')} />
      )}
    </div>
  )
}

function Opened({
  caseId,
  view,
  document,
  children,
}: CaseSectionProps & { document: CaseDocument; children: ReactNode }) {
  const { t: room } = useRoomTexts()
  const { person } = useSession()
  const notify = useNotices()
  const { link, state, mayWrite } = document
  const undoable = useUndoable(state.doc, UNDOABLE_ROOTS)
  const agencies = useAgencyLooks(view)
  const codes = useCodes()
  const setPlace = useCallback((place: string | null) => link.setWhereabouts({ field: place }), [link])
  const around = useMemo<TextSurroundings>(
    () => ({
      lineOf: name => (name === link.document ? link : undefined),
      caretLookOf: user => caretLook(user, agencies, person.userId),
      remarkOnPaste: remark => notify(...pasteWords(room, remark)),
    }),
    [link, agencies, person.userId, notify, room],
  )
  const work: CaseWork = {
    caseId,
    view,
    doc: state.doc,
    state,
    mayWrite,
    undoable,
    others: state.people.filter(one => one.userId !== person.userId),
    setPlace,
    codes,
    agencies,
  }
  return (
    <TextSurroundingsContext value={around}>
      <CaseWorkContext value={work}>
        <ResidentNumberNotice />
        {children}
        <div className="case-work-undo">
          <UndoLine undoable={undoable} />
        </div>
      </CaseWorkContext>
    </TextSurroundingsContext>
  )
}

/** The case's agencies with their colours, which the directory knows; without it they have none. */
function useAgencyLooks(view: CaseSectionProps['view']): CaseWork['agencies'] {
  const { data } = useDirectory()
  return useMemo(() => {
    const looks = new Map<AgencyId, { name: string; shortName: string; colour: number }>()
    for (const agency of data?.agencies ?? []) looks.set(agency.agencyId, agency)
    for (const { agencyId, name, shortName } of view.agencies) {
      if (!looks.has(agencyId)) looks.set(agencyId, { name, shortName, colour: -1 })
    }
    return looks
  }, [data, view.agencies])
}
