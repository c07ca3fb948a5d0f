/** Who has seen one household: by person first, because that is the question; each record below. */
import { ACCESS_TASKS, type AccessTask, TOUCHED } from '../../../shared/access-desk/access-tasks.ts'
import { codesOf } from '../../../shared/codes.ts'
import type { AccessPersonView, CaseAccessView } from '../../../shared/protocol/access-desk.ts'
import { formatDate, formatDateTime } from '../../lib/format.ts'
import { Section } from '../../ui/page.tsx'
import { ScrollRegion } from '../../ui/scroll-region.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { useAccessTexts } from './use-access-texts.ts'
import './access-desk.css'

export function WhoSaw({ view }: { view: CaseAccessView }) {
  const { t, language } = useAccessTexts()
  if (view.total === 0) return <EmptyState title={t('who.none')} />
  const withAddress = view.lines.some(line => line.address !== undefined)
  return (
    <>
      <Section
        title={t('who.title')}
        lead={t('who.lead', { from: formatDate(view.from, language), total: view.total })}
      >
        <AccessPeople people={view.people} caption={t('who.caption')} />
      </Section>
      <Section title={t('who.linesTitle')} lead={t('who.linesLead', { n: view.lines.length })}>
        <ScrollRegion label={t('who.linesCaption')}>
          <table className="table">
            <caption className="visually-hidden">{t('who.linesCaption')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('who.at')}</th>
                <th scope="col">{t('who.person')}</th>
                <th scope="col">{t('who.task')}</th>
                <th scope="col">{t('who.touched')}</th>
                {withAddress ? <th scope="col">{t('who.address')}</th> : null}
                <th scope="col">{t('who.outcome')}</th>
              </tr>
            </thead>
            <tbody>
              {view.lines.map((line, index) => (
                // Records of one moment may be alike; the list is never reordered.
                // biome-ignore lint/suspicious/noArrayIndexKey: a record has no name of its own here
                <tr key={index}>
                  <td>{formatDateTime(line.at, language)}</td>
                  <td>{line.userId === null ? t('who.service') : line.name || t('who.guest')}</td>
                  <td>{ACCESS_TASKS[line.task][language]}</td>
                  <td>{TOUCHED[line.touched][language]}</td>
                  {withAddress ? <td className="number">{line.address}</td> : null}
                  <td>{t(`who.${line.outcome}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </Section>
    </>
  )
}

export function AccessPeople({ people, caption }: { people: readonly AccessPersonView[]; caption: string }) {
  const { t, language } = useAccessTexts()
  const countsOf = (counts: AccessPersonView['counts']) =>
    codesOf(ACCESS_TASKS)
      .flatMap((task: AccessTask) => {
        const n = counts[task]
        return n === undefined ? [] : [t('who.count', { task: ACCESS_TASKS[task][language], n })]
      })
      .join(' · ')
  return (
    <ScrollRegion label={caption}>
      <table className="table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('who.person')}</th>
            <th scope="col">{t('who.agency')}</th>
            <th scope="col">{t('who.done')}</th>
            <th scope="col">{t('who.first')}</th>
            <th scope="col">{t('who.last')}</th>
          </tr>
        </thead>
        <tbody>
          {people.map(person => (
            <tr key={person.userId ?? 'service'}>
              <th scope="row">{person.userId === null ? t('who.service') : person.name || t('who.guest')}</th>
              <td>{person.userId === null ? '' : person.agencyName || t('who.guest')}</td>
              <td>{countsOf(person.counts)}</td>
              <td>{formatDateTime(person.firstAt, language)}</td>
              <td>{formatDateTime(person.lastAt, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
