/** My own attendance beside the people: announced where the statement was given before, and taken back when I leave. */
import { useState } from 'react'
import type { PresentMode } from '../../../../shared/codes.ts'
import { isPresentMode, PRESENT_MODES } from '../../../../shared/codes.ts'
import { Button } from '../../../ui/button.tsx'
import { Choice } from '../../../ui/fields.tsx'
import { useMeeting } from '../meeting-context.tsx'
import { useRoom } from '../room-context.tsx'
import { isHere, likelyMode } from './attendance-rows.ts'
import { furtherWords, oralWords, standingWords } from './attendance-words.ts'
import { useAttendanceTexts } from './use-attendance-texts.ts'

export function MyAttendance() {
  const { t } = useAttendanceTexts()
  const { view: conference, me } = useRoom()
  const { view, mine, act } = useMeeting()
  const mineNow = view?.attendance.find(one => one.key === mine.key)
  const [chosen, setChosen] = useState<PresentMode | null>(null)
  const [isPending, setPending] = useState(false)
  // While the statement is missing, the middle of the screen asks for both.
  if (conference.state !== 'live' || conference.myRole === null || conference.myStatement === 'needed' || !mineNow) {
    return null
  }
  const known = isPresentMode(mineNow.mode) ? mineNow.mode : likelyMode(me.agencyId === conference.hostAgencyId)
  const mode = chosen ?? known
  const words = [
    mineNow.standing === 'expected' ? t('mine.notYet') : standingWords(mineNow, t),
    oralWords(mineNow, t),
    ...furtherWords(mineNow, t),
  ].filter(one => one !== '')
  const does = async (doing: Promise<boolean>) => {
    setPending(true)
    await doing
    setPending(false)
  }
  return (
    <section className="my-attendance" aria-label={t('mine.title')} data-testid="my-attendance">
      <p>
        <strong>{t('mine.title')}</strong> {words.join(' · ')}
      </p>
      {isHere(mineNow) ? (
        <Button look="text" size="small" isPending={isPending} onPress={() => void does(act('attendance.leave', {}))}>
          {t('mine.leave')}
        </Button>
      ) : (
        <>
          <Choice
            label={t('arrive.how')}
            labelHidden
            value={mode}
            onChange={setChosen}
            options={PRESENT_MODES.map(one => ({ id: one, label: t(`state.mode.${one}`) }))}
          />
          <Button
            look="secondary"
            size="small"
            isPending={isPending}
            onPress={() =>
              void does(act('attendance.announce', { mode, statement: true, deputyFor: mineNow.deputyFor }))
            }
          >
            {t(mineNow.standing === 'left' ? 'mine.back' : 'mine.announce')}
          </Button>
        </>
      )}
    </section>
  )
}
