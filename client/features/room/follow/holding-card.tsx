/** Not mine to see: how long about, what I can do meanwhile, and whether I am brought back. */
import { formatMinutes } from '../../../lib/format.ts'
import { Button } from '../../../ui/button.tsx'
import { LockIcon } from '../../../ui/icons.tsx'
import { nameOfLine } from '../agenda/line-name.ts'
import type { AgendaLine } from '../agenda/use-agenda.ts'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { useFollowing } from './following.tsx'
import { useMeetingTexts } from './use-meeting-texts.ts'

export function HoldingCard({
  line,
  agenda,
}: {
  /** The item that is not for me. */
  line: AgendaLine | undefined
  agenda: readonly AgendaLine[]
}) {
  const { t, language } = useMeetingTexts()
  const { t: room } = useRoomTexts()
  const { meetingAt, mode, open } = useFollowing()
  const others = agenda.filter(one => one.item?.restricted === false)
  const minutes = formatMinutes(line?.minutes ?? 0, language)
  const isHeard = line !== undefined && meetingAt?.id === line.id
  return (
    <div className="item-hold" data-testid="holding-card">
      <LockIcon size={32} />
      <h2 className="empty-title">{isHeard ? t('holding.title') : room('item.restrictedTitle')}</h2>
      <p>
        {isHeard
          ? t(mode === 'alone' ? 'holding.alone' : 'holding.body', { minutes })
          : t('holding.notNow', { minutes })}
      </p>
      {others.length > 0 ? (
        <>
          <h3 className="quiet">{t('holding.meanwhile')}</h3>
          <ul className="stack-small">
            {others.map(one => (
              <li key={one.id}>
                <Button look="text" onPress={() => open(one.id)}>
                  {one.number}. {nameOfLine(one, room)}
                </Button>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  )
}
