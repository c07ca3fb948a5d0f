/** What is handed to the person: plain words, one table for each part that was picked. */
import { ACCESS_TASKS, TOUCHED } from '../../../shared/access-desk/access-tasks.ts'
import { DISCLOSURE_BASES } from '../../../shared/bases/basis-codes.ts'
import { DISCLOSURE_COLUMNS } from '../../../shared/protocol/access-desk.ts'
import type { HandOutView, SubjectRequestView } from '../../../shared/protocol/subject-requests.ts'
import { formatDateTime, formatDay, seoulDay } from '../../lib/format.ts'
import { useSession } from '../../lib/session.tsx'
import { useRequestTexts } from './use-request-texts.ts'

export function HandOutSheet({ sheet, request }: { sheet: HandOutView; request: SubjectRequestView }) {
  const { t, language } = useRequestTexts()
  const { person } = useSession()
  const day = (value: string) => formatDay(value, language)
  return (
    <div className="sheet">
      <div className="sheet-body">
        <div className="sheet-head">
          <h2 className="sheet-title">{t('sheet.title')}</h2>
          <p>
            {t('sheet.number')} {sheet.number} · {request.name}
          </p>
          <p className="quiet">{t('sheet.made', { day: day(seoulDay(sheet.at)), from: day(sheet.from) })}</p>
        </div>
        {sheet.whoSaw ? <WhoSaw saw={sheet.whoSaw} /> : null}
        {sheet.bases ? <Bases bases={sheet.bases} /> : null}
        {sheet.disclosures ? <Disclosures rows={sheet.disclosures} /> : null}
        <p className="request-objection">{t('sheet.objection')}</p>
      </div>
      <div className="sheet-stamp">
        {t('sheet.stamp', {
          name: person.name,
          when: formatDateTime(sheet.at, language),
          serial: sheet.printId.slice(0, 8),
        })}
      </div>
    </div>
  )
}

function WhoSaw({ saw }: { saw: NonNullable<HandOutView['whoSaw']> }) {
  const { t, language } = useRequestTexts()
  const hasNames = saw.lines.some(line => line.name !== '')
  return (
    <section>
      <h3 className="sheet-subtitle">{t('sheet.whoSaw')}</h3>
      {saw.lines.length === 0 ? (
        <p>{t('sheet.nothing')}</p>
      ) : (
        <table className="table request-sheet-table">
          <thead>
            <tr>
              <th scope="col">{t('sheet.day')}</th>
              <th scope="col">{t('sheet.agency')}</th>
              {hasNames ? <th scope="col">{t('sheet.name')}</th> : null}
              <th scope="col">{t('sheet.did')}</th>
              <th scope="col">{t('sheet.touched')}</th>
              <th scope="col">{t('sheet.times')}</th>
            </tr>
          </thead>
          <tbody>
            {saw.lines.map(line => (
              <tr key={[line.day, line.agency, line.name, line.task, line.touched].join('|')}>
                <td>{formatDay(line.day, language)}</td>
                <td>{line.agency === '' ? t('sheet.noAgency') : line.agency}</td>
                {hasNames ? <td>{line.name}</td> : null}
                <td>{ACCESS_TASKS[line.task][language]}</td>
                <td>{TOUCHED[line.touched][language]}</td>
                <td className="number">{line.count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {saw.leftOut > 0 ? <p>{t('sheet.leftOut', { n: saw.leftOut })}</p> : null}
    </section>
  )
}

function Bases({ bases }: { bases: NonNullable<HandOutView['bases']> }) {
  const { t, language } = useRequestTexts()
  const day = (value: string) => formatDay(value, language)
  return (
    <section>
      <h3 className="sheet-subtitle">{t('sheet.bases')}</h3>
      {bases.length === 0 ? (
        <p>{t('sheet.nothing')}</p>
      ) : (
        <table className="table request-sheet-table">
          <thead>
            <tr>
              <th scope="col">{t('sheet.basis')}</th>
              <th scope="col">{t('sheet.receivers')}</th>
              <th scope="col">{t('sheet.from')}</th>
              <th scope="col">{t('sheet.until')}</th>
            </tr>
          </thead>
          <tbody>
            {bases.map(one => (
              <tr key={`${one.basis} ${one.from} ${one.receivers.map(({ name }) => name).join()}`}>
                <td>
                  {DISCLOSURE_BASES[one.basis][language]}
                  <br />
                  <span className="small">{DISCLOSURE_BASES[one.basis].article}</span>
                </td>
                <td>
                  {one.receivers
                    .map(({ name, endedOn }) =>
                      endedOn === null ? name : t('sheet.ended', { name, day: day(endedOn) }),
                    )
                    .join(', ')}
                </td>
                <td>{day(one.from)}</td>
                <td>{one.until === null ? t('sheet.noEnd') : day(one.until)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Disclosures({ rows }: { rows: NonNullable<HandOutView['disclosures']> }) {
  const { t, language } = useRequestTexts()
  return (
    <section>
      <h3 className="sheet-subtitle">{t('sheet.disclosures')}</h3>
      {rows.length === 0 ? <p>{t('sheet.nothing')}</p> : null}
      {rows.map(row => (
        <dl key={`${row.fields.join('|')} ${row.endedOn}`} className="plan-facts request-disclosure">
          {DISCLOSURE_COLUMNS.map((column, index) =>
            row.fields[index] ? (
              <div key={column.key}>
                <dt>{column[language]}</dt>
                <dd>{row.fields[index]}</dd>
              </div>
            ) : null,
          )}
          <div>
            <dt>{t('sheet.state')}</dt>
            <dd>
              {row.endedOn === null ? t('sheet.goesOn') : t('sheet.endedOn', { day: formatDay(row.endedOn, language) })}
            </dd>
          </div>
        </dl>
      ))}
    </section>
  )
}
