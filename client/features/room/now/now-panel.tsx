/** The right side's first part: who leads, who speaks and who waits for it, what is asked of me. Only what this meeting uses. */
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { codesOf, QUORUM_CHOICES } from '../../../../shared/codes.ts'
import type { AgencyId, ItemId } from '../../../../shared/ids.ts'
import { isFixed } from '../../../../shared/meeting/rule-sets.ts'
import { Button } from '../../../ui/button.tsx'
import { Checkbox, Choice } from '../../../ui/fields.tsx'
import { useMove } from '../../actions/use-move.tsx'
import { Lobby } from '../../guests/room-guests.tsx'
import type { AgendaLine } from '../agenda/use-agenda.ts'
import { Quorum } from '../deciding/quorum.tsx'
import { mayTakeChair } from '../follow/follow-rules.ts'
import { useFollowing } from '../follow/following.tsx'
import { useShortcutHelp } from '../follow/shortcuts.tsx'
import { useMeetingTexts } from '../follow/use-meeting-texts.ts'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { useMeeting } from '../meeting-context.tsx'
import { useRoom, useRoomState } from '../room-context.tsx'
import { Speaking } from './speaking.tsx'
import { type Asked, useAsked } from './use-asked.ts'
import './now.css'

export function NowPanel({ agenda }: { agenda: readonly AgendaLine[] }) {
  const { view: conference } = useRoom()
  const { view } = useMeeting()
  if (view === null || conference.state === 'closed') return null
  const isLive = conference.state === 'live'
  return (
    <div className="now">
      {conference.mayChange ? <Lobby /> : null}
      {isLive ? (
        <>
          <AskedOfMe agenda={agenda} />
          <VideoLink />
          <Chair />
          <Quorum />
          {view.features.requests ? <Speaking /> : null}
        </>
      ) : null}
      <Tools />
    </div>
  )
}

function AskedOfMe({ agenda }: { agenda: readonly AgendaLine[] }) {
  const { t } = useMeetingTexts()
  const asked = useAsked(agenda)
  return (
    <section aria-labelledby="asked-title" data-testid="asked">
      <h2 className="panel-title" id="asked-title">
        {t('asked.title')}
      </h2>
      {asked.length === 0 ? <p className="quiet">{t('asked.none')}</p> : null}
      <ul className="stack-small">
        {asked.map(one => (
          <li key={one.kind === 'action' ? one.actionId : one.kind === 'read-back' ? one.itemId : one.kind}>
            <AskedLine asked={one} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The agency's own video service, beside the room: nothing here needs it. Where it leads is said before one goes there. */
function VideoLink() {
  const { t } = useMeetingTexts()
  const { remoteLink } = useRoom().view
  if (remoteLink === '') return null
  return (
    <p className="stack-small">
      <a href={remoteLink} target="_blank" rel="noopener noreferrer">
        {t('video.open')}
      </a>
      <span className="quiet">{t('video.where', { host: new URL(remoteLink).host })}</span>
    </p>
  )
}

function AskedLine({ asked }: { asked: Asked }) {
  const { t } = useMeetingTexts()
  const { openItemId } = useRoomState()
  const { open } = useFollowing()
  const go = (itemId: ItemId) => {
    open(itemId)
    document.getElementById('main')?.focus()
  }
  switch (asked.kind) {
    case 'announce':
      return <p>{t('asked.announce')}</p>
    case 'read-back':
      return (
        <p className="asked-line">
          {t('asked.readBack', { number: asked.number })}
          {openItemId === asked.itemId ? null : (
            <Button look="secondary" size="small" onPress={() => go(asked.itemId)}>
              {t('follow.go')}
            </Button>
          )}
        </p>
      )
    case 'action':
      return <AcceptLine asked={asked} />
  }
}

/** My agency's answer to what it is asked to do, there and then. */
function AcceptLine({ asked }: { asked: Extract<Asked, { kind: 'action' }> }) {
  const { t } = useMeetingTexts()
  const { client, view, me } = useRoom()
  const what = asked.what || t('asked.noWords')
  const moving = useMove(
    {
      actionId: asked.actionId,
      document: asked.document,
      what,
      agency: { agencyId: me.agencyId ?? ('' as AgencyId), name: '', shortName: '', colour: 0 },
      status: 'proposed',
      moves: ['accept', 'decline'],
      entersFor: false,
      _v: asked._v,
    },
    { conferenceId: view.conferenceId, onMoved: () => client.refresh() },
  )
  return (
    <div className="asked-line">
      <span className="asked-words">{t('asked.action', { what })}</span>
      <Button
        look="secondary"
        size="small"
        isPending={moving.isPending}
        aria-label={`${t('asked.accept')}: ${what}`}
        onPress={() => moving.begin('accept')}
      >
        {t('asked.accept')}
      </Button>
      <Button
        look="tertiary"
        size="small"
        isPending={moving.isPending}
        aria-label={`${t('asked.decline')}: ${what}`}
        onPress={() => moving.begin('decline')}
      >
        {t('asked.decline')}
      </Button>
      {moving.dialog}
    </div>
  )
}

/** Taking the chair and handing it over; the bar says who leads. */
function Chair() {
  const { t } = useMeetingTexts()
  const { view: conference, me } = useRoom()
  const { view, mine, act } = useMeeting()
  if (view === null) return null
  const nameOf = (userId: string) => conference.participants.find(one => one.userId === userId)?.name ?? ''
  const others = mine.isChair ? view.chair.order.filter(one => one !== me.userId && view.online.includes(one)) : []
  const mayTake = mayTakeChair(view, me.userId)
  if (others.length === 0 && !mayTake) return null
  return (
    <section aria-labelledby="chair-title" className="asked-line">
      <h2 className="panel-title asked-words" id="chair-title">
        {t('chair.title')}
      </h2>
      {others.length > 0 ? (
        <MenuTrigger>
          <AriaButton className="button button-tertiary button-small">{t('chair.handOver')}</AriaButton>
          <Popover className="popover">
            <Menu
              className="listbox"
              aria-label={t('chair.handOver')}
              onAction={key => {
                const to = others.find(one => one === key)
                if (to) void act('chair.hand-over', { to })
              }}
            >
              {others.map(one => (
                <MenuItem key={one} id={one} className="listbox-item">
                  {t('chair.handOverTo', { name: nameOf(one) })}
                </MenuItem>
              ))}
            </Menu>
          </Popover>
        </MenuTrigger>
      ) : null}
      {mayTake ? (
        <Button
          look="tertiary"
          size="small"
          aria-keyshortcuts="Control+Alt+K"
          onPress={() => void act('chair.take', {})}
        >
          {t('chair.take')}
        </Button>
      ) : null}
    </section>
  )
}

/** What the meeting uses, and what stands beside it; folded. */
function Tools() {
  const { t } = useMeetingTexts()
  const { language } = useRoomTexts()
  const { view: conference } = useRoom()
  const { view, mine, act } = useMeeting()
  const showHelp = useShortcutHelp()
  const isLive = conference.state === 'live'
  const maySwitch = mine.mayLead || (!isLive && conference.mayConduct)
  if (view === null) return null
  return (
    <details className="meeting-tools">
      <summary>{t('tools.title')}</summary>
      <div className="stack-small">
        {maySwitch
          ? (['requests', 'timer', 'brainstorming', 'quorum', 'voting'] as const).map(feature => (
              <Checkbox
                key={feature}
                isSelected={view.features[feature]}
                onChange={on => void act('feature.switch', { feature, on })}
              >
                {t(`tools.${feature}`)}
              </Checkbox>
            ))
          : null}
        {maySwitch && view.features.quorum && !isFixed(conference.type, 'quorum') ? (
          <Choice
            label={t('tools.quorumOf')}
            value={view.quorumChoice}
            onChange={choice => void act('quorum.choose', { choice })}
            options={codesOf(QUORUM_CHOICES).map(one => ({ id: one, label: QUORUM_CHOICES[one][language] }))}
          />
        ) : null}
        {conference.mayConduct && isLive ? (
          <a
            className="button button-tertiary button-small"
            href={`/conferences/${conference.conferenceId}/projector`}
            target="dure-projector"
            title={t('tools.projectorHint')}
          >
            {t('tools.projector')}
          </a>
        ) : null}
        <Button look="text" size="small" aria-keyshortcuts="Control+/" onPress={showHelp}>
          {t('tools.keys')}
        </Button>
      </div>
    </details>
  )
}
