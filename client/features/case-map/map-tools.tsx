/** The row of tools over a drawing: its own, and what both have. */
import type { ReactNode } from 'react'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { useCaseWork } from '../case-work/case-work-context.ts'
import { useCaseMap } from './case-map-context.ts'
import { useCaseMapTexts } from './use-case-map-texts.ts'

export function MapTools({
  children,
  which,
  isArranged,
  onArrange,
}: {
  children: ReactNode
  which: 'genogram' | 'eco'
  /** No hand has moved anything. */
  isArranged: boolean
  onArrange: () => void
}) {
  const { t } = useCaseMapTexts()
  const { mayWrite, caseId } = useCaseWork()
  const { history } = useCaseMap()
  return (
    <div className="map-tools">
      {mayWrite ? (
        <>
          {children}
          <Button look="tertiary" size="small" isDisabled={!history.canUndo} onPress={history.undo}>
            {t('tools.undo')}
          </Button>
          <Button look="tertiary" size="small" isDisabled={!history.canRedo} onPress={history.redo}>
            {t('tools.redo')}
          </Button>
          {isArranged ? null : (
            <Button
              look="tertiary"
              size="small"
              onPress={() => {
                history.run(t('done.arranged'), onArrange)
              }}
            >
              {t('tools.arrange')}
            </Button>
          )}
          <ButtonLink
            look="tertiary"
            size="small"
            to={`/cases/${caseId}/drawings/${which === 'eco' ? 'eco_map' : which}`}
          >
            {t('tools.print')}
          </ButtonLink>
        </>
      ) : null}
    </div>
  )
}
