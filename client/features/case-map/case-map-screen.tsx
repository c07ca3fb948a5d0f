/** One of the two drawings with its list beside it. Both read one document; which one is looked at is mine alone. */
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { EcoMap } from '../../../shared/case-map/eco-map.ts'
import type { Genogram } from '../../../shared/case-map/genogram.ts'
import { genogramLayout } from '../../../shared/case-map/genogram-layout.ts'
import { MAP_ROOT_NAMES } from '../../../shared/documents/case-map.ts'
import { ecoMapOf } from '../../../shared/documents/case-map-eco.ts'
import { genogramOf, type HouseholdFigure, removeLeftOut } from '../../../shared/documents/case-map-genogram.ts'
import { householdFiguresOf } from '../../../shared/documents/case-map-household.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/fields.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useCaseWork } from '../case-work/case-work-context.ts'
import { useShared } from '../room/use-shared.ts'
import { type CaseMap, CaseMapContext } from './case-map-context.ts'
import { EcoPane } from './eco-pane.tsx'
import { GenogramPane } from './genogram-pane.tsx'
import { Legend } from './legend.tsx'
import { useCaseMapTexts } from './use-case-map-texts.ts'
import { useMapHistory } from './use-map-history.ts'

const READ_ROOTS = [...MAP_ROOT_NAMES, 'members']

interface Read {
  household: readonly HouseholdFigure[]
  genogram: Genogram
  eco: EcoMap
}

function readMap(doc: Parameters<typeof householdFiguresOf>[0]): Read {
  const household = householdFiguresOf(doc)
  const genogram = genogramOf(doc, household)
  const home = new Set(genogram.people.filter(({ isHome }) => isHome).map(({ id }) => id))
  return { household, genogram, eco: ecoMapOf(doc, home) }
}

export function CaseMapScreen() {
  const { t } = useCaseMapTexts()
  const { doc, mayWrite, setPlace } = useCaseWork()
  const { household, genogram, eco } = useShared(doc, READ_ROOTS, readMap)
  const history = useMapHistory(doc, { undone: t('done.undone'), redone: t('done.redone') })
  const [which, setWhich] = useState<'genogram' | 'eco'>('genogram')
  const [openId, setOpenId] = useState<string | null>(null)
  const [picking, setPicking] = useState<{ onPick: (id: string) => void } | null>(null)
  const layout = useMemo(() => genogramLayout(genogram), [genogram])
  const home = useMemo(
    () => layout.reading.flatMap(id => genogram.people.filter(person => person.id === id && person.isHome)),
    [layout, genogram],
  )
  const open = useCallback(
    (id: string | null) => {
      setOpenId(id)
      setPicking(null)
      setPlace(id === null ? null : `row:${id}`)
    },
    [setPlace],
  )
  const unnamed = t('unnamed')
  const nameOf = useCallback(
    (id: string) => genogram.people.find(person => person.id === id)?.name || unnamed,
    [genogram, unnamed],
  )
  const pick = useCallback((onPick: ((id: string) => void) | null) => setPicking(onPick && { onPick }), [])
  const map: CaseMap = {
    genogram,
    layout,
    eco,
    household,
    home,
    history,
    openId,
    open,
    picking: picking?.onPick ?? null,
    pick,
    nameOf,
  }
  useEffect(() => {
    if (!mayWrite) return
    const onKeyDown = (event: KeyboardEvent) => {
      // In a field the browser's own undo is meant.
      const isTyping = event.target instanceof Element && event.target.matches('input, textarea, [contenteditable]')
      if (isTyping || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return
      event.preventDefault()
      if (event.shiftKey) history.redo()
      else history.undo()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [mayWrite, history])
  return (
    <CaseMapContext value={map}>
      <div className="map-screen stack">
        <div className="map-head">
          <Choice
            label={t('which')}
            labelHidden
            value={which}
            onChange={next => {
              setWhich(next)
              open(null)
            }}
            options={[
              { id: 'genogram', label: t('genogram') },
              { id: 'eco', label: t('eco') },
            ]}
          />
          {/* Beside, not beneath: nothing moves when it comes. */}
          <p className="quiet small" role="status">
            {history.said}
          </p>
        </div>
        {which === 'genogram' ? <GenogramPane /> : <EcoPane />}
        {which === 'genogram' && genogram.leftOut.length > 0 ? (
          <Notice
            title={t('leftOut.title', { n: genogram.leftOut.length })}
            actions={
              mayWrite ? (
                <Button
                  size="small"
                  onPress={() => history.run(t('done.cleaned'), () => removeLeftOut(doc, genogram.leftOut))}
                >
                  {t('leftOut.clean')}
                </Button>
              ) : null
            }
          >
            {t('leftOut.body')}
          </Notice>
        ) : null}
        <Legend which={which} />
      </div>
    </CaseMapContext>
  )
}
