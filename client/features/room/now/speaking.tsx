/** The floor: who has it, who waits for it, in the order of asking. Hands in the room and far away stand in one queue. */
import type { AttendeeKey } from '../../../../shared/ids.ts'
import { Button } from '../../../ui/button.tsx'
import { Select } from '../../../ui/pickers.tsx'
import { useShortcut } from '../follow/shortcuts.tsx'
import { useMeetingTexts } from '../follow/use-meeting-texts.ts'
import { useMeeting } from '../meeting-context.tsx'
import { useRoom } from '../room-context.tsx'

export function Speaking() {
  const { t } = useMeetingTexts()
  const { view: conference, agencies } = useRoom()
  const { view, mine, act } = useMeeting()
  const speaking = view?.speaking ?? { now: null, since: null, queue: [] }
  const place = speaking.queue.findIndex(one => one.key === mine.key) + 1
  const [first] = speaking.queue
  // The chair has the floor whenever they want it.
  const mayAsk = conference.myRole !== null && conference.myRole !== 'observer' && !mine.isChair
  const ask = () => void act(place > 0 ? 'speech.withdraw' : 'speech.request', { key: mine.key })
  const give = (key: AttendeeKey) => void act('speech.give', { key })
  const end = () => void act('speech.end', {})
  useShortcut({
    code: 'KeyW',
    label: place > 0 ? t('speech.withdraw') : t('speech.ask'),
    isDisabled: !mayAsk || speaking.now === mine.key,
    run: ask,
  })
  useShortcut({
    code: 'KeyV',
    label: first ? t('speech.giveNext') : t('speech.end'),
    isDisabled: !mine.mayLead || (!first && speaking.now === null),
    run: () => (first ? give(first.key) : end()),
  })

  /** `협의회 정○○`, as people at a table are told apart. */
  const nameOf = (key: AttendeeKey) => {
    const person =
      view?.attendance.find(one => one.key === key) ?? conference.participants.find(one => String(one.userId) === key)
    if (person === undefined) return ''
    return t('speech.person', { name: person.name, agency: agencies.get(person.agencyId)?.shortName ?? '' }).trim()
  }
  const withoutDevice = (view?.attendance ?? []).filter(
    one =>
      (one.userId === null || !view?.online.includes(one.userId)) &&
      one.standing === 'confirmed' &&
      one.key !== speaking.now &&
      speaking.queue.every(waiting => waiting.key !== one.key),
  )

  return (
    <section aria-labelledby="speech-title" data-testid="speaking">
      <h2 className="panel-title" id="speech-title">
        {t('speech.title')}
      </h2>
      <div className="asked-line">
        <span className="asked-words" role="status">
          {speaking.now === null
            ? t('speech.nobody')
            : speaking.now === mine.key
              ? t('speech.nowMe')
              : t('speech.now', { name: nameOf(speaking.now) })}
        </span>
        {speaking.now !== null && (mine.mayLead || speaking.now === mine.key) ? (
          <Button look="tertiary" size="small" onPress={end}>
            {t('speech.end')}
          </Button>
        ) : null}
      </div>
      {speaking.queue.length > 0 ? (
        <ol className="speech-queue" aria-label={t('speech.queue')}>
          {speaking.queue.map((one, index) => (
            <li key={one.key} className="asked-line">
              <span className="asked-words">
                {index + 1}. {nameOf(one.key)}
              </span>
              {mine.mayLead ? (
                <Button
                  look="tertiary"
                  size="small"
                  aria-label={t('speech.give', { name: nameOf(one.key) })}
                  onPress={() => give(one.key)}
                >
                  {t('speech.giveShort')}
                </Button>
              ) : null}
            </li>
          ))}
        </ol>
      ) : null}
      {mayAsk && speaking.now !== mine.key ? (
        <div className="asked-line">
          <span className="asked-words quiet" role="status">
            {place > 0 ? t('speech.waiting', { place }) : ''}
          </span>
          <Button look="secondary" size="small" aria-keyshortcuts="Control+Alt+W" onPress={ask}>
            {place > 0 ? t('speech.withdraw') : t('speech.ask')}
          </Button>
        </div>
      ) : null}
      {mine.mayLead && withoutDevice.length > 0 ? (
        <Select
          label={t('speech.askFor')}
          value={null}
          options={withoutDevice.map(one => ({ id: one.key, label: nameOf(one.key) }))}
          onChange={key => void act('speech.request', { key })}
        />
      ) : null}
    </section>
  )
}
