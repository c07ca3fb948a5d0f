/** What is known of somebody's attendance, in words. Never made of presence. */
import type { AttendeeView } from '../../../../shared/meeting/meeting-view.ts'
import { formatTime } from '../../../lib/format.ts'
import type { useAttendanceTexts } from './use-attendance-texts.ts'

type T = ReturnType<typeof useAttendanceTexts>['t']

/** `참석 확인됨 · 대면`, `서면 의견`, `퇴장 15:20`. */
export function standingWords(one: AttendeeView, t: T): string {
  const mode = one.mode === null ? '' : t(`state.mode.${one.mode}`)
  switch (one.standing) {
    case 'absent':
      return mode
    case 'left':
      return one.leftAt === null ? t('state.left') : t('state.leftAt', { time: formatTime(one.leftAt) })
    case 'expected':
      return t('state.expected')
    default:
      return [t(`state.${one.standing}`), mode].filter(Boolean).join(' · ')
  }
}

/** Who entered it for them (MA2); empty when they did it themselves. */
export const oralWords = (one: AttendeeView, t: T): string =>
  one.enteredBy === '' ? '' : t('state.oral', { name: one.enteredBy })

/** What else there is to say: for whom somebody sits here, that the statement is missing, until when they stay. */
export function furtherWords(one: AttendeeView, t: T): string[] {
  return [
    one.deputyFor === '' ? '' : t('state.deputyFor', { name: one.deputyFor }),
    one.standing === 'confirmed' && one.statement === 'none' ? t('state.noStatement') : '',
    one.leavesAt === '' ? '' : t('state.leavesAt', { time: one.leavesAt }),
  ].filter(words => words !== '')
}
