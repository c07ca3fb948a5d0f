/**
 * Stepping out of one item (제척·기피·회피): anybody by their own wish, others entered by who conducts, who also lets them back in. Who is out, and
 * since when, is shown to those in the item.
 */
import { useState } from 'react'
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { codesOf, RECUSAL_KINDS, type RecusalKind } from '../../../../shared/codes.ts'
import type { UserId } from '../../../../shared/ids.ts'
import { formatTime } from '../../../lib/format.ts'
import { Button } from '../../../ui/button.tsx'
import { ConfirmDialog } from '../../../ui/dialog.tsx'
import { Choice } from '../../../ui/fields.tsx'
import { ChevronDownIcon } from '../../../ui/icons.tsx'
import { useNotices } from '../../../ui/notice.tsx'
import { Select } from '../../../ui/pickers.tsx'
import { useMeeting } from '../meeting-context.tsx'
import type { OpenItem } from '../read-back/use-read-back-content.ts'
import { useReadBackTexts } from '../read-back/use-read-back-texts.ts'
import { useRoom } from '../room-context.tsx'

interface Out {
  userId: UserId
  name: string
  /** Undefined for somebody who was recused before the meeting. */
  recusal: { kind: RecusalKind; leftAt: string } | undefined
}

/** Who is out of the item now, whoever knows it: the meeting's record, or, for those who may change it, the item's. */
function useOut(record: OpenItem): Out[] {
  const { view } = useRoom()
  const meeting = useMeeting()
  const recusals = (meeting.view?.hearings[record.itemId]?.recusals ?? []).filter(one => one.returnedAt === null)
  const before = record.recused.filter(userId => !recusals.some(one => one.userId === userId))
  return [
    ...recusals.map(({ userId, name, kind, leftAt }) => ({ userId, name, recusal: { kind, leftAt } })),
    ...before.map(userId => ({
      userId,
      name: view.participants.find(participant => participant.userId === userId)?.name ?? '',
      recusal: undefined,
    })),
  ]
}

export function RecusalLines({ record }: { record: OpenItem }) {
  const { t, language } = useReadBackTexts()
  const { view } = useRoom()
  const { act } = useMeeting()
  const notify = useNotices()
  const out = useOut(record)
  const [back, setBack] = useState<Out | null>(null)
  if (out.length === 0) return null
  const letIn = async ({ userId, name }: Out) => {
    setBack(null)
    if (await act('recusal.end', { itemId: record.itemId, userId })) notify(t('recusal.backDone', { name }), 'success')
  }
  return (
    <>
      <ul className="recusals" aria-label={t('recusal.title')}>
        {out.map(one => (
          <li key={one.userId} className="item-facts quiet">
            {one.recusal
              ? t('recusal.since', {
                  kind: RECUSAL_KINDS[one.recusal.kind][language],
                  name: one.name,
                  time: formatTime(one.recusal.leftAt),
                })
              : t('recusal.before', { name: one.name })}
            {view.state === 'live' && view.mayWriteForOthers ? (
              <Button
                look="text"
                size="small"
                aria-label={t('recusal.backFor', { name: one.name })}
                onPress={() => setBack(one)}
              >
                {t('recusal.back')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        title={t('recusal.backTitle', { name: back?.name ?? '' })}
        isOpen={back !== null}
        action={t('recusal.back')}
        onConfirm={() => {
          if (back) void letIn(back)
        }}
        onCancel={() => setBack(null)}
      >
        <p>{t('recusal.backBody')}</p>
      </ConfirmDialog>
    </>
  )
}

/** The item's menu: stepping out oneself, and, for who conducts, entering it for somebody. */
export function RecusalMenu({ record }: { record: OpenItem }) {
  const { t } = useReadBackTexts()
  const { view, me } = useRoom()
  const { act } = useMeeting()
  const notify = useNotices()
  const [asking, setAsking] = useState<'leave' | 'enter' | null>(null)
  const { itemId } = record
  const isHere = view.participants.some(participant => participant.userId === me.userId)
  if (view.state !== 'live' || !isHere) return null

  const leave = async () => {
    setAsking(null)
    const isOut = await act('recusal.begin', { itemId, userId: me.userId, kind: 'withdrawal' })
    if (isOut) notify(t('recusal.left'), 'info')
  }
  return (
    <>
      <MenuTrigger>
        <Button look="tertiary" size="small">
          {t('recusal.menu')}
          <ChevronDownIcon size={16} />
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu className="menu">
            <MenuItem className="menu-item" onAction={() => setAsking('leave')}>
              {t('recusal.leave')}
            </MenuItem>
            {view.mayWriteForOthers ? (
              <MenuItem className="menu-item" onAction={() => setAsking('enter')}>
                {t('recusal.enter')}
              </MenuItem>
            ) : null}
          </Menu>
        </Popover>
      </MenuTrigger>
      <ConfirmDialog
        title={t('recusal.leaveTitle')}
        isOpen={asking === 'leave'}
        action={t('recusal.leaveAction')}
        danger
        onConfirm={() => void leave()}
        onCancel={() => setAsking(null)}
      >
        <p>{t('recusal.leaveBody')}</p>
      </ConfirmDialog>
      {asking === 'enter' ? <EnterDialog record={record} onClose={() => setAsking(null)} /> : null}
    </>
  )
}

function EnterDialog({ record, onClose }: { record: OpenItem; onClose: () => void }) {
  const { t, language } = useReadBackTexts()
  const { view, agencies } = useRoom()
  const { act } = useMeeting()
  const notify = useNotices()
  const out = useOut(record)
  const [userId, setUserId] = useState<UserId | null>(null)
  const [kind, setKind] = useState<RecusalKind>('exclusion')
  const [isSending, setSending] = useState(false)
  const [isTold, setTold] = useState(false)
  const cleared = record.agencies.map(agency => agency.agencyId)
  const people = view.participants.filter(
    ({ userId: one, agencyId }) =>
      (cleared.length === 0 || cleared.includes(agencyId)) && !out.some(other => other.userId === one),
  )
  const enter = async () => {
    if (userId === null) {
      setTold(true)
      return
    }
    setSending(true)
    const isDone = await act('recusal.begin', { itemId: record.itemId, userId, kind })
    setSending(false)
    if (!isDone) return
    const name = people.find(person => person.userId === userId)?.name ?? ''
    notify(t('recusal.entered', { name }), 'success')
    onClose()
  }
  return (
    <ConfirmDialog
      title={t('recusal.enterTitle')}
      isOpen
      action={t('recusal.enterAction')}
      isPending={isSending}
      onConfirm={() => void enter()}
      onCancel={onClose}
    >
      <p>{t('recusal.enterBody')}</p>
      {people.length === 0 ? (
        <p className="quiet">{t('recusal.nobody')}</p>
      ) : (
        <Select
          label={t('recusal.who')}
          errorMessage={isTold && userId === null ? t('recusal.whoFirst') : undefined}
          value={userId}
          options={people.map(person => ({
            id: person.userId,
            label: person.name,
            detail: agencies.get(person.agencyId)?.shortName ?? '',
          }))}
          onChange={setUserId}
        />
      )}
      <Choice
        label={t('recusal.kind')}
        value={kind}
        options={codesOf(RECUSAL_KINDS).map(code => ({ id: code, label: RECUSAL_KINDS[code][language] }))}
        onChange={setKind}
      />
    </ConfirmDialog>
  )
}
