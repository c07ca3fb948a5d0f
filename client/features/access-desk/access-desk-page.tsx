/** The desk of an agency's privacy officer: whose data were looked at by whom, month by month, and what is odd. */
import { NavLink, useParams } from 'react-router'
import { canReviewAccess } from '../../../shared/access.ts'
import { PageHeader } from '../../ui/page.tsx'
import { NotFound } from '../../ui/states.tsx'
import { EmergencySettings } from '../break-glass/emergency-settings.tsx'
import { useChosenAgency } from '../shell/my-agencies.tsx'
import { DeskRequestsView } from '../subject-requests/desk-requests-view.tsx'
import { ClientsView } from './clients-view.tsx'
import { MonthView } from './month-view.tsx'
import { OddView } from './odd-view.tsx'
import { RegisterView } from './register-view.tsx'
import { useAccessTexts } from './use-access-texts.ts'
import './access-desk.css'

const SECTIONS = [
  { path: '', title: 'clients', Content: ClientsView },
  { path: 'month', title: 'month', Content: MonthView },
  { path: 'odd', title: 'odd', Content: OddView },
  { path: 'register', title: 'register', Content: RegisterView },
  { path: 'requests', title: 'requests', Content: DeskRequestsView },
  { path: 'emergency', title: 'emergency', Content: EmergencySettings },
] as const

export function AccessDeskPage() {
  const { t } = useAccessTexts()
  const asked = useParams().section ?? ''
  const { agencyId, agencyName, choice } = useChosenAgency(canReviewAccess, t('agency'))
  const section = SECTIONS.find(({ path }) => path === asked)
  if (agencyId === undefined || section === undefined) return <NotFound />
  const { Content } = section
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead', { agency: agencyName })} />
      {choice}
      <nav className="desk-ways no-print" aria-label={t('ways.label')}>
        {SECTIONS.map(({ path, title }) => (
          <NavLink key={path} to={path === '' ? '/access' : `/access/${path}`} end>
            {t(`ways.${title}`)}
          </NavLink>
        ))}
      </nav>
      <Content key={agencyId} agencyId={agencyId} />
    </>
  )
}
