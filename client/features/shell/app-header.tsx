import { useTranslation } from 'react-i18next'
import { Link, NavLink } from 'react-router'
import { canReviewAccess, canSeeFigures, canTakeReferrals } from '../../../shared/access.ts'
import type { AgencyRole } from '../../../shared/codes.ts'
import { useSession } from '../../lib/session.tsx'
import { Bell } from '../notices/bell.tsx'
import { MailHealthLink } from '../notices/mail-health-link.tsx'
import { SearchButton } from '../search/search-context.tsx'
import { AccountMenu } from './account-menu.tsx'
import './shell.css'

const CASE_ROLES: readonly AgencyRole[] = ['case_worker', 'supervisor', 'observer']

/** 두레, where one can go, and who one is. */
export function AppHeader() {
  const { t } = useTranslation()
  const { person, actor } = useSession()
  const administered = person.memberships.filter(m => m.role === 'agency_administrator')
  const hasCases = person.memberships.some(m => CASE_ROLES.includes(m.role))
  const takesReferrals = person.memberships.some(({ agencyId }) => canTakeReferrals(actor, agencyId))
  const hasFigures = person.memberships.some(({ agencyId }) => canSeeFigures(actor, agencyId))
  const reviews = person.memberships.some(({ agencyId }) => canReviewAccess(actor, agencyId))
  return (
    <header className="app-header">
      <div className="app-header-inner">
        <Link to="/" className="app-name">
          {t('app')}
        </Link>
        <nav className="app-nav" aria-label={t('header.menu')}>
          {person.operator ? (
            <>
              <NavLink to="/agencies">{t('header.agencies')}</NavLink>
              <MailHealthLink />
            </>
          ) : (
            <NavLink to="/" end>
              {t('header.home')}
            </NavLink>
          )}
          {hasCases ? <NavLink to="/actions">{t('header.actions')}</NavLink> : null}
          {hasCases ? <NavLink to="/cases">{t('header.cases')}</NavLink> : null}
          {takesReferrals ? <NavLink to="/referrals">{t('header.referrals')}</NavLink> : null}
          {hasFigures ? <NavLink to="/figures">{t('header.figures')}</NavLink> : null}
          {reviews ? <NavLink to="/access">{t('header.access')}</NavLink> : null}
          {administered.length === 1 && administered[0] ? (
            <NavLink to={`/agencies/${administered[0].agencyId}`}>{t('header.agency')}</NavLink>
          ) : null}
          {administered.length > 1 ? <NavLink to="/agencies">{t('header.agencies')}</NavLink> : null}
        </nav>
        <SearchButton />
        {person.operator ? null : <Bell />}
        <AccountMenu />
      </div>
    </header>
  )
}
