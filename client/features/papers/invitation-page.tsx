import { useState } from 'react'
import type { AgencyId } from '../../../shared/ids.ts'
import { Select } from '../../ui/pickers.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { invitationText, invitedAgencies } from './invitation.ts'
import { PrintGate } from './print-gate.tsx'
import { SheetPage } from './sheet-page.tsx'
import { usePaperTexts } from './use-paper-texts.ts'
import type { Sheet } from './use-sheet.ts'

/** The invitation, one sheet for each agency. What is seen is what is copied. */
export function InvitationPage() {
  const { t } = usePaperTexts()
  return (
    <SheetPage title={t('sheets.invitation')} lead={t('invitation.lead')}>
      {sheet => <Invitations sheet={sheet} />}
    </SheetPage>
  )
}

const ALL = 'all'

function Invitations({ sheet: { view, lines } }: { sheet: Sheet }) {
  const { t, language } = usePaperTexts()
  const agencies = invitedAgencies(view)
  const [chosen, setChosen] = useState<AgencyId | typeof ALL>(ALL)
  if (agencies.length === 0) {
    return <EmptyState title={t('invitation.noAgencies')}>{t('invitation.noAgenciesBody')}</EmptyState>
  }
  const letters = agencies
    .filter(({ agencyId }) => chosen === ALL || agencyId === chosen)
    .map(({ agencyId }) => ({ agencyId, text: invitationText({ view, lines, to: agencyId, language, t }) }))
  return (
    <PrintGate
      conferenceId={view.conferenceId}
      what={undefined}
      proposedPurpose=""
      textOf={() => letters.map(letter => letter.text).join('\n\n\n')}
      controls={
        <Select
          label={t('invitation.choose')}
          width="medium"
          value={chosen}
          options={[
            { id: ALL, label: t('invitation.all', { n: agencies.length }) },
            ...agencies.map(({ agencyId, name }) => ({ id: agencyId, label: name })),
          ]}
          onChange={setChosen}
        />
      }
    >
      {letters.map(letter => (
        <div key={letter.agencyId} className="letter">
          {letter.text}
        </div>
      ))}
    </PrintGate>
  )
}
