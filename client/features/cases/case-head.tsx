import { Link, NavLink } from 'react-router'
import type { CaseView } from '../../../shared/protocol/http-api.ts'
import { Chip } from '../../ui/chips.tsx'
import { usePageTitle } from '../../ui/page.tsx'
import { ClockMark } from '../case-life/clocks.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { CASE_SECTIONS } from './case-sections.tsx'
import { useCaseTexts } from './use-case-texts.ts'

/** Whose page it is, on every section of it, and the way to the others. The browser's tab does not name the household. */
export function CaseHead({ view }: { view: CaseView }) {
  const { t } = useCaseTexts()
  const codes = useCodeSets()
  usePageTitle(t('list.title'))
  const sections = CASE_SECTIONS.filter(section => section.isFor?.(view) ?? true)
  return (
    <div className="page-head">
      <div className="page-back">
        <Link to="/cases">← {t('form.back')}</Link>
      </div>
      <div className="page-head-row">
        <h1 className="page-title">{view.label}</h1>
        <p className="case-head-line">
          <span className="number">{view.number}</span> <Chip>{codes.label('case_stage', view.stage)}</Chip>{' '}
          <ClockMark clock={view.clock} />{' '}
          {view.synthetic ? <span className="quiet small">{t('synthetic', { ns: 'common' })}</span> : null}
        </p>
      </div>
      {sections.length > 1 ? (
        <nav className="case-sections" aria-label={t('sections.label')}>
          {sections.map(({ path, title }) => (
            <NavLink key={path} to={path === '' ? `/cases/${view.caseId}` : `/cases/${view.caseId}/${path}`} end>
              {t(`sections.${title}`)}
            </NavLink>
          ))}
        </nav>
      ) : null}
    </div>
  )
}
