/** What the symbols mean, drawn by the same hand as the map. */
import { CHILD_KINDS, RELATION_KINDS, TIE_STRENGTHS, UNION_KINDS } from '../../../shared/case-map/case-map-codes.ts'
import { tieStrokes } from '../../../shared/case-map/eco-drawing.ts'
import { relationStrokes, unionStrokes } from '../../../shared/case-map/genogram-drawing.ts'
import { arrowHead, type Stroke } from '../../../shared/case-map/strokes.ts'
import { codesOf } from '../../../shared/codes.ts'
import { Strokes } from './figure-shape.tsx'
import { useCaseMapTexts } from './use-case-map-texts.ts'

const LINE = [
  { x: 4, y: 14 },
  { x: 86, y: 14 },
]

export function Legend({ which }: { which: 'genogram' | 'eco' }) {
  const { t, language } = useCaseMapTexts()
  const figures =
    which === 'genogram'
      ? (['square', 'circle', 'diamond', 'doubled', 'crossed', 'triangle', 'age', 'enclosure'] as const)
      : (['circleEco', 'arrow'] as const)
  const lines: { id: string; label: string; strokes: readonly Stroke[]; head?: boolean }[] =
    which === 'genogram'
      ? [
          ...codesOf(UNION_KINDS).map(kind => ({
            id: kind,
            label: UNION_KINDS[kind][language],
            strokes: unionStrokes(kind, LINE, kind),
          })),
          ...codesOf(CHILD_KINDS).map(kind => ({
            id: kind,
            label: t(`legend.child.${kind}`),
            strokes: [
              {
                id: kind,
                d: 'M45 2L45 26',
                look: kind === 'birth' ? 'solid' : kind === 'adopted' ? 'dashed' : 'dotted',
                tone: 'family',
              } as const,
            ],
          })),
          ...codesOf(RELATION_KINDS).map(kind => ({
            id: kind,
            label: RELATION_KINDS[kind][language],
            strokes: relationStrokes(kind, kind, LINE),
            head: kind === 'violence',
          })),
        ]
      : codesOf(TIE_STRENGTHS).map(strength => ({
          id: strength,
          label: TIE_STRENGTHS[strength][language],
          strokes: tieStrokes({ id: strength, strength }, LINE),
        }))
  return (
    <details className="map-legend">
      <summary>{t('legend.title')}</summary>
      <div className="map-legend-parts">
        <ul aria-label={t('legend.figures')}>
          {figures.map(each => (
            <li key={each}>{t(`legend.${each}`)}</li>
          ))}
        </ul>
        <ul aria-label={t('legend.lines')}>
          {lines.map(({ id, label, strokes, head }) => (
            <li key={id}>
              <svg className="map-legend-line" viewBox="0 0 90 28" aria-hidden="true">
                <Strokes
                  strokes={strokes}
                  heads={head ? [{ id, d: arrowHead(LINE), look: 'solid', tone: 'strained' }] : []}
                />
              </svg>
              {label}
            </li>
          ))}
        </ul>
      </div>
    </details>
  )
}
