import type { ReferralRow } from '../../../shared/protocol/referrals.ts'
import { formatShortDay } from '../../lib/format.ts'
import { Chip, type ChipTone } from '../../ui/chips.tsx'
import { useReferralTexts } from './use-referral-texts.ts'

const TONES: Record<'fresh' | 'waiting' | 'late', ChipTone> = { fresh: 'neutral', waiting: 'warning', late: 'danger' }

/** How long nothing was heard, in words; the colour only says it again. */
export function SilenceWords({ row }: { row: Pick<ReferralRow, 'silence' | 'asked' | 'side'> }) {
  const { t, language } = useReferralTexts()
  const { silence, asked, side } = row
  if (silence === null) return null
  const { of, days, level } = silence
  const isMine = side === 'receiver' && of === 'answer'
  const words =
    of === 'answer'
      ? days === 0
        ? t(isMine ? 'silence.answerMineToday' : 'silence.answerToday')
        : t(isMine ? 'silence.answerMine' : 'silence.answer', { days })
      : t(`silence.${of}`, { days })
  return (
    <span className="silence">
      <Chip tone={TONES[level]}>{words}</Chip>
      {asked.times > 0 ? (
        <span className="quiet small">
          {t('silence.asked', { n: asked.times })} (
          {t('silence.askedOn', { day: formatShortDay(asked.lastOn, language) })})
        </span>
      ) : null}
    </span>
  )
}
