/** Routes and providers. The room, its projector view, the planner, cases and administration are loaded when they are opened. */
import { lazy, type ReactNode, Suspense } from 'react'
import { I18nProvider } from 'react-aria-components'
import { Navigate, Outlet, Route, Routes, useLocation } from 'react-router'
import { HomePage } from './features/conferences/home-page.tsx'
import { SearchProvider } from './features/search/search-context.tsx'
import { ChangePasswordPage } from './features/session/change-password-page.tsx'
import { Gate } from './features/session/gate.tsx'
import { SecondFactorPage } from './features/session/second-factor-page.tsx'
import { ErrorBoundary } from './features/shell/error-boundary.tsx'
import { Shell } from './features/shell/shell.tsx'
import { useLanguage } from './i18n/use-language.ts'
import { useSession } from './lib/session.tsx'
import { NoticesProvider } from './ui/notice.tsx'
import { Loading, NotFound } from './ui/states.tsx'

const RoomPage = lazy(async () => ({ default: (await import('./features/room/room-page.tsx')).RoomPage }))
const ProjectorPage = lazy(async () => ({
  default: (await import('./features/room/projector/projector-page.tsx')).ProjectorPage,
}))
const ResearchPage = lazy(async () => ({
  default: (await import('./features/research/research-page.tsx')).ResearchPage,
}))
const AgreementsPage = lazy(async () => ({
  default: (await import('./features/bases/agreements-page.tsx')).AgreementsPage,
}))
const PlanPage = lazy(async () => ({ default: (await import('./features/conferences/plan-page.tsx')).PlanPage }))
const MinutesPage = lazy(async () => ({ default: (await import('./features/minutes/minutes-page.tsx')).MinutesPage }))
const VerifyPage = lazy(async () => ({ default: (await import('./features/minutes/verify-page.tsx')).VerifyPage }))
const PackPage = lazy(async () => ({ default: (await import('./features/papers/pack-page.tsx')).PackPage }))
const InvitationPage = lazy(async () => ({
  default: (await import('./features/papers/invitation-page.tsx')).InvitationPage,
}))
const PlanSheetPage = lazy(async () => ({
  default: (await import('./features/papers/plan-sheet-page.tsx')).PlanSheetPage,
}))
const ExportSheetPage = lazy(async () => ({
  default: (await import('./features/exports/export-sheet-page.tsx')).ExportSheetPage,
}))
const FiguresPage = lazy(async () => ({ default: (await import('./features/figures/figures-page.tsx')).FiguresPage }))
const MonthPage = lazy(async () => ({ default: (await import('./features/figures/month-page.tsx')).MonthPage }))
const QuarterPage = lazy(async () => ({
  default: (await import('./features/figures/quarter-page.tsx')).QuarterPage,
}))
const CasesPage = lazy(async () => ({ default: (await import('./features/cases/cases-page.tsx')).CasesPage }))
const TriagePage = lazy(async () => ({ default: (await import('./features/triage/triage-page.tsx')).TriagePage }))
const ImportsPage = lazy(async () => ({ default: (await import('./features/imports/imports-page.tsx')).ImportsPage }))
const ImportPage = lazy(async () => ({ default: (await import('./features/imports/import-page.tsx')).ImportPage }))
const CasePage = lazy(async () => ({ default: (await import('./features/cases/case-page.tsx')).CasePage }))
const MapPrintPage = lazy(async () => ({
  default: (await import('./features/case-map/map-print-page.tsx')).MapPrintPage,
}))
const HandOutPage = lazy(async () => ({
  default: (await import('./features/subject-requests/hand-out-page.tsx')).HandOutPage,
}))
const FormPage = lazy(async () => ({ default: (await import('./features/case-work/forms/form-page.tsx')).FormPage }))
const ActionsPage = lazy(async () => ({ default: (await import('./features/actions/actions-page.tsx')).ActionsPage }))
const SupervisionsPage = lazy(async () => ({
  default: (await import('./features/room/supervision/supervisions-page.tsx')).SupervisionsPage,
}))
const NoticesPage = lazy(async () => ({ default: (await import('./features/notices/notices-page.tsx')).NoticesPage }))
const NoticeSettingsPage = lazy(async () => ({
  default: (await import('./features/notices/notice-settings-page.tsx')).NoticeSettingsPage,
}))
const MailHealthPage = lazy(async () => ({
  default: (await import('./features/notices/mail-health-page.tsx')).MailHealthPage,
}))
const ReferralsPage = lazy(async () => ({
  default: (await import('./features/referrals/referrals-page.tsx')).ReferralsPage,
}))
const ReferralPage = lazy(async () => ({
  default: (await import('./features/referrals/referral-page.tsx')).ReferralPage,
}))
const ReferralPrintPage = lazy(async () => ({
  default: (await import('./features/referrals/print-page.tsx')).ReferralPrintPage,
}))
const ResourcesPage = lazy(async () => ({
  default: (await import('./features/resources/resources-page.tsx')).ResourcesPage,
}))
const AccessDeskPage = lazy(async () => ({
  default: (await import('./features/access-desk/access-desk-page.tsx')).AccessDeskPage,
}))
const RetentionPage = lazy(async () => ({
  default: (await import('./features/retention/retention-page.tsx')).RetentionPage,
}))
const ExplanationsPage = lazy(async () => ({
  default: (await import('./features/access-desk/odd-view.tsx')).ExplanationsPage,
}))
const EmergencyPage = lazy(async () => ({
  default: (await import('./features/break-glass/emergency-page.tsx')).EmergencyPage,
}))
const CodeSetsPage = lazy(async () => ({
  default: (await import('./features/code-sets/code-sets-page.tsx')).CodeSetsPage,
}))
const AgenciesPage = lazy(async () => ({ default: (await import('./features/people/agencies-page.tsx')).AgenciesPage }))
const AgencyPage = lazy(async () => ({ default: (await import('./features/people/agency-page.tsx')).AgencyPage }))

export function App() {
  const language = useLanguage()
  const { pathname } = useLocation()
  return (
    <I18nProvider locale={language === 'en' ? 'en-GB' : 'ko-KR'}>
      <NoticesProvider>
        {pathname === '/verify' ? (
          // A copy of minutes is checked by whoever was given one, without an account.
          <Suspense fallback={<Loading />}>
            <VerifyPage />
          </Suspense>
        ) : (
          <Gate>
            <Searching>
              <Screens />
            </Searching>
          </Gate>
        )}
      </NoticesProvider>
    </I18nProvider>
  )
}

/** The operator sees no case and has nothing to search. */
function Searching({ children }: { children: ReactNode }) {
  const { person } = useSession()
  return person.operator ? children : <SearchProvider>{children}</SearchProvider>
}

function Screens() {
  const { person } = useSession()
  return (
    <Routes>
      {person.operator
        ? null
        : (
            [
              ['/conferences/:conferenceId', RoomPage],
              ['/conferences/:conferenceId/projector', ProjectorPage],
            ] as const
          ).map(([path, Page]) => (
            <Route
              key={path}
              path={path}
              element={
                <ErrorBoundary>
                  <Suspense fallback={<Loading />}>
                    <Page />
                  </Suspense>
                </ErrorBoundary>
              }
            />
          ))}
      <Route
        element={
          <Shell>
            <Outlet />
          </Shell>
        }
      >
        {person.operator ? (
          <>
            <Route index element={<Navigate to="/agencies" replace />} />
            <Route path="/mail" element={<MailHealthPage />} />
          </>
        ) : (
          <>
            <Route index element={<HomePage />} />
            <Route path="/conferences/new" element={<PlanPage />} />
            <Route path="/conferences/:conferenceId/plan" element={<PlanPage />} />
            <Route path="/conferences/:conferenceId/invitation" element={<InvitationPage />} />
            <Route path="/conferences/:conferenceId/plan-sheet" element={<PlanSheetPage />} />
            <Route path="/conferences/:conferenceId/pack" element={<PackPage />} />
            <Route path="/conferences/:conferenceId/research" element={<ResearchPage />} />
            <Route path="/conferences/:conferenceId/research/:itemId" element={<ResearchPage />} />
            <Route path="/conferences/:conferenceId/minutes" element={<MinutesPage />} />
            <Route path="/conferences/:conferenceId/exports/:exportId" element={<ExportSheetPage />} />
            <Route path="/actions" element={<ActionsPage />} />
            <Route path="/figures" element={<FiguresPage />} />
            <Route path="/figures/month" element={<MonthPage />} />
            <Route path="/figures/quarter" element={<QuarterPage />} />
            <Route path="/agreements" element={<AgreementsPage />} />
            <Route path="/cases" element={<CasesPage />} />
            <Route path="/findings" element={<TriagePage />} />
            <Route path="/findings/imports" element={<ImportsPage />} />
            <Route path="/findings/imports/:importId" element={<ImportPage />} />
            <Route path="/cases/new" element={<CasePage />} />
            <Route path="/cases/:caseId" element={<CasePage />} />
            <Route path="/cases/:caseId/:section" element={<CasePage />} />
            <Route path="/cases/:caseId/forms/:form" element={<FormPage />} />
            <Route path="/cases/:caseId/drawings/:drawing" element={<MapPrintPage />} />
            <Route path="/cases/:caseId/requests/:requestId" element={<HandOutPage />} />
            <Route path="/referrals" element={<ReferralsPage />} />
            <Route path="/referrals/:referralId" element={<ReferralPage />} />
            <Route path="/referrals/:referralId/print/:what" element={<ReferralPrintPage />} />
            <Route path="/resources" element={<ResourcesPage />} />
            <Route path="/access" element={<AccessDeskPage />} />
            <Route path="/access/:section" element={<AccessDeskPage />} />
            <Route path="/retention" element={<RetentionPage />} />
            <Route path="/retention/:section" element={<RetentionPage />} />
            <Route path="/explanations" element={<ExplanationsPage />} />
            <Route path="/emergency" element={<EmergencyPage />} />
            <Route path="/notices" element={<NoticesPage />} />
            <Route path="/notices/settings" element={<NoticeSettingsPage />} />
            <Route path="/supervision" element={<SupervisionsPage />} />
            <Route path="/supervision/:caseId" element={<SupervisionsPage />} />
          </>
        )}
        <Route path="/agencies" element={<AgenciesPage />} />
        <Route path="/agencies/:agencyId" element={<AgencyPage />} />
        <Route path="/settings/code-sets" element={<CodeSetsPage />} />
        <Route path="/settings/code-sets/:set" element={<CodeSetsPage />} />
        <Route path="/password" element={<ChangePasswordPage />} />
        <Route path="/second-factor" element={<SecondFactorPage />} />
        <Route path="*" element={<NotFound />} />
      </Route>
    </Routes>
  )
}
