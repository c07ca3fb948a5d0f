/** A drawing as a list: each line in words, who else looks at it, and the fields of the one that is open. Chosen in the drawing or here, it is the same. */
import { type ReactNode, useEffect, useRef } from 'react'
import type { DescribedLine } from '../../../shared/case-map/describe.ts'
import { useCaseWork } from '../case-work/case-work-context.ts'
import { useCaseMap } from './case-map-context.ts'
import { useCaseMapTexts } from './use-case-map-texts.ts'

export function DescribedList({
  title,
  summary,
  lines,
  editor,
}: {
  title: string
  summary: string
  lines: readonly DescribedLine[]
  editor: (id: string) => ReactNode
}) {
  const { t } = useCaseMapTexts()
  const { mayWrite, others } = useCaseWork()
  const { openId, open } = useCaseMap()
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    if (openId === null) return
    // Its head, not its fields, which may be longer than the screen: the drawing is to stay in sight.
    list.current?.querySelector(`[data-line="${openId}"] .map-line-head`)?.scrollIntoView({ block: 'nearest' })
  }, [openId])
  return (
    <section className="map-list" aria-label={title}>
      <h2 className="map-list-title">{title}</h2>
      <p className="quiet small">{summary}</p>
      {mayWrite ? <p className="quiet small">{t('list.lead')}</p> : null}
      <ol ref={list}>
        {lines.map(({ id, head, phrases }) => {
          const isOpen = id === openId
          const lookers = others.filter(one => one.fields.includes(`row:${id}`)).map(one => one.name)
          return (
            <li key={id} data-line={id} className={isOpen ? 'map-line is-open' : 'map-line'}>
              <div className="map-line-head">
                <span className="map-line-name">{head}</span>
                <button
                  type="button"
                  className="button button-text button-small"
                  aria-expanded={isOpen}
                  aria-label={`${head} ${isOpen ? t('list.close') : t(mayWrite ? 'list.open' : 'list.read')}`}
                  onClick={() => open(isOpen ? null : id)}
                >
                  {isOpen ? t('list.close') : t(mayWrite ? 'list.open' : 'list.read')}
                </button>
              </div>
              {lookers.length === 0 ? null : (
                <p className="map-lookers small">{t('list.shows', { names: lookers.join(', ') })}</p>
              )}
              {phrases.length === 0 ? null : (
                <ul className="map-phrases">
                  {phrases.map(phrase => (
                    <li key={phrase}>{phrase}</li>
                  ))}
                </ul>
              )}
              {isOpen ? <div className="map-editor">{editor(id)}</div> : null}
            </li>
          )
        })}
      </ol>
    </section>
  )
}
