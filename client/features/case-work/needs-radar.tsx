import { MOST_NEED_LEVEL, NEED_LEVELS } from '../../../shared/documents/case-parts/case-part-codes.ts'
import type { NeedSnapshot } from '../../../shared/documents/case-parts/case-snapshot.ts'
import { levelsByDomain } from '../../../shared/documents/case-parts/needs.ts'
import { useCodes } from './codes.ts'
import { anchorOf, cornerOf, outlineOf } from './radar.ts'
import { useCaseWorkTexts } from './use-case-work-texts.ts'

const RADIUS = 100
const RINGS = [1, 2, 3, 4] as const

/** How hard each domain presses, as a figure with its table beside it: the table is the same for who does not see the figure. */
export function NeedsRadar({ needs }: { needs: readonly Pick<NeedSnapshot, 'domain' | 'level'>[] }) {
  const { t, language } = useCaseWorkTexts()
  const codes = useCodes()
  const levels = levelsByDomain(needs)
  const judged = levels.filter(one => one.level > 0)
  const words = judged.map(one => `${codes.label('need_domain', one.domain)} ${levelWords(one.level)}`).join(', ')
  function levelWords(level: 0 | 1 | 2 | 3 | 4): string {
    return level === 0 ? t('needs.notJudged') : NEED_LEVELS[level][language]
  }
  return (
    <div className="needs-radar">
      <svg
        viewBox="-190 -128 380 262"
        role="img"
        aria-label={t('needs.radarDescription', { list: words || t('needs.radarNone') })}
      >
        {RINGS.map(ring => (
          <polygon
            key={ring}
            className="radar-ring"
            points={outlineOf(
              levels.map(() => ring),
              MOST_NEED_LEVEL,
              RADIUS,
            )}
          />
        ))}
        {levels.map(({ domain }, index) => {
          const end = cornerOf(index, levels.length, RADIUS)
          return <line key={domain} className="radar-axis" x1={0} y1={0} x2={end.x} y2={end.y} />
        })}
        <polygon
          className="radar-shape"
          points={outlineOf(
            levels.map(one => one.level),
            MOST_NEED_LEVEL,
            RADIUS,
          )}
        />
        {levels.map(({ domain, level }, index) => {
          const dot = cornerOf(index, levels.length, (RADIUS * level) / MOST_NEED_LEVEL)
          const label = cornerOf(index, levels.length, RADIUS + 12)
          return (
            <g key={domain}>
              {level > 0 ? <circle className="radar-dot" cx={dot.x} cy={dot.y} r={4} /> : null}
              <text
                className={level > 0 ? 'radar-label' : 'radar-label is-quiet'}
                x={label.x}
                y={label.y}
                dominantBaseline="middle"
                textAnchor={anchorOf(label)}
              >
                {codes.label('need_domain', domain)}
              </text>
            </g>
          )
        })}
      </svg>
      <div className="table-scroll">
        <table className="table">
          <caption className="visually-hidden">{t('needs.radar')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('needs.domain')}</th>
              <th scope="col">{t('needs.level')}</th>
              <th scope="col">{t('needs.table')}</th>
            </tr>
          </thead>
          <tbody>
            {levels
              .filter(one => one.needs > 0)
              .map(one => (
                <tr key={one.domain}>
                  <th scope="row">{codes.label('need_domain', one.domain)}</th>
                  <td>{levelWords(one.level)}</td>
                  <td className="number">{t('needs.count', { n: one.needs })}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
