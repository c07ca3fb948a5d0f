/** How the risk went, as a small picture with the same in a table; only what was asked with one sheet and version is joined by a line (SPEC RK5). */
import type { RiskInstrument } from '../../../shared/case-records/risk-instrument.ts'
import { instrumentOf } from '../../../shared/case-records/risk-sample.ts'
import type { RiskPoint } from '../../../shared/protocol/case-records.ts'
import { formatDate } from '../../lib/format.ts'
import { Chip } from '../../ui/chips.tsx'
import { Section } from '../../ui/page.tsx'
import { useRecordTexts } from './use-record-texts.ts'

const WIDTH = 320
const HEIGHT = 96
const MARGIN = 10

interface RiskHistoryProps {
  risks: readonly RiskPoint[]
  instruments: readonly RiskInstrument[]
}

export function RiskHistory({ risks, instruments }: RiskHistoryProps) {
  const { t } = useRecordTexts()
  const sheets = new Map<string, RiskPoint[]>()
  for (const point of risks) {
    const key = `${point.instrument} ${point.instrumentVersion}`
    sheets.set(key, [...(sheets.get(key) ?? []), point])
  }
  if (risks.length === 0) return null
  return (
    <Section title={t('risk.title')}>
      {[...sheets].map(([key, points]) => (
        <OneSheet key={key} points={points} instruments={instruments} />
      ))}
      {sheets.size > 1 ? <p className="quiet small">{t('risk.other')}</p> : null}
    </Section>
  )
}

function OneSheet({ points, instruments }: { points: readonly RiskPoint[]; instruments: readonly RiskInstrument[] }) {
  const { t, language } = useRecordTexts()
  const [first] = points
  const last = points.at(-1)
  const sheet = first && instrumentOf(instruments, first.instrument, first.instrumentVersion)
  if (first === undefined || last === undefined || sheet === undefined) return null
  const nameOf = (level: string) => sheet.levels.find(one => one.level === level)?.[language] ?? level
  // Room for the highest limit and the highest score, so that a change can be seen.
  const top = Math.max(...points.map(({ total }) => total), ...sheet.levels.map(({ from }) => from)) * 1.2
  const places = placesOf(points, top)
  const words = {
    first: formatDate(first.at, language),
    from: first.total,
    last: formatDate(last.at, language),
    to: last.total,
  }
  return (
    <div className="risk-history">
      {points.length < 2 ? null : (
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('risk.picture', words)} className="risk-line">
          {sheet.levels.slice(1).map(({ level, from }) => (
            <line
              key={level}
              x1={0}
              x2={WIDTH}
              y1={heightOf(from, top)}
              y2={heightOf(from, top)}
              className="risk-limit"
            />
          ))}
          <polyline points={places.map(({ x, y }) => `${x},${y}`).join(' ')} className="risk-path" />
          {places.map(({ x, y }, at) => (
            <circle key={points[at]?.recordId} cx={x} cy={y} r={4} className="risk-dot" />
          ))}
        </svg>
      )}
      <div className="table-scroll">
        <table className="table">
          <caption>
            {t('risk.caption', { sheet: sheet[language], n: sheet.version })}{' '}
            {sheet.isSample ? <Chip tone="warning">{t('card.sample')}</Chip> : null}
          </caption>
          <thead>
            <tr>
              <th scope="col">{t('risk.day')}</th>
              <th scope="col">{t('risk.score')}</th>
              <th scope="col">{t('risk.level')}</th>
              <th scope="col">{t('risk.judged')}</th>
            </tr>
          </thead>
          <tbody>
            {[...points].reverse().map(({ recordId, at, total, highest, level, judged }) => (
              <tr key={recordId}>
                <th scope="row">{formatDate(at, language)}</th>
                <td>
                  {total}/{highest}
                </td>
                <td>{nameOf(level)}</td>
                <td>{judged === level ? t('risk.none') : nameOf(judged)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

const heightOf = (points: number, top: number) => HEIGHT - MARGIN - (points / Math.max(1, top)) * (HEIGHT - 2 * MARGIN)

/** Across by time, so that a long pause looks like one. */
function placesOf(points: readonly RiskPoint[], top: number): { x: number; y: number }[] {
  const times = points.map(({ at }) => Date.parse(at))
  const begin = Math.min(...times)
  const span = Math.max(1, Math.max(...times) - begin)
  return points.map(({ total }, at) => ({
    x: MARGIN + (((times[at] ?? begin) - begin) / span) * (WIDTH - 2 * MARGIN),
    y: heightOf(total, top),
  }))
}
