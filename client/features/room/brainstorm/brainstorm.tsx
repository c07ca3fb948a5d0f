/**
 * Ideas on the item where the meeting is: one line to write them, the board to put them together. It stands in the item only while it is used, or
 * while cards are there.
 */
import { type FormEvent, useState } from 'react'
import { discussionOf } from '../../../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../../../shared/documents/rich-text.ts'
import { type BrainstormView, brainstormOf } from '../../../../shared/meeting/meeting-view.ts'
import type { ItemView } from '../../../../shared/protocol/http-api.ts'
import { CARD_MOST_LETTERS } from '../../../../shared/protocol/live-channel.ts'
import type { LinkState } from '../../../room/document-link.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { EyeIcon, LockIcon, MenuIcon } from '../../../ui/icons.tsx'
import { useNotices } from '../../../ui/notice.tsx'
import { useMeeting } from '../meeting-context.tsx'
import { useRoom } from '../room-context.tsx'
import { usePromotion } from '../text/promotion-bus.tsx'
import { boardOf, freeTitle, type GroupView } from './board.ts'
import { CardList } from './card-list.tsx'
import { GROUP_MOST_LETTERS, type Proposal } from './card-menu.tsx'
import { useBrainstormTexts } from './use-brainstorm-texts.ts'
import { type CardCommands, useCardCommands } from './use-card-commands.ts'
import { WordsDialog } from './words-dialog.tsx'
import './brainstorm.css'

type OpenItem = Extract<ItemView, { restricted: false }>

export interface BrainstormProps {
  link: LinkState
  record: OpenItem
  /** Whether the item's texts can be written in now. */
  editable: boolean
}

const NO_CARDS: BrainstormView = { hiding: false, cards: [], hiddenCards: 0, groups: [] }

export function Brainstorm({ link, record, editable }: BrainstormProps) {
  const { view: conference } = useRoom()
  const { view } = useMeeting()
  const known = view === null ? null : brainstormOf(view, record.itemId)
  const isUsed = view?.features.brainstorming === true && conference.state === 'live'
  const isHere = isUsed && view.pointer?.itemId === record.itemId
  if (known === null && !isHere) return null
  return (
    <BrainstormPart
      link={link}
      record={record}
      view={known ?? NO_CARDS}
      writes={isUsed && record.mayWrite}
      isOver={!isUsed}
      editable={editable}
    />
  )
}

interface PartProps extends BrainstormProps {
  view: BrainstormView
  /** I may write cards and put them together. */
  writes: boolean
  isOver: boolean
}

function BrainstormPart({ link, record, view, writes, isOver, editable }: PartProps) {
  const { t } = useBrainstormTexts()
  const notify = useNotices()
  const offer = usePromotion()
  const commands = useCardCommands(record.itemId)
  const { groups, loose } = boardOf(view)
  const propose = (to: Proposal, words: string) => {
    if (to !== 'discussion') {
      offer(to, words)
      return
    }
    link.doc.transact(() => discussionOf(link.doc).push(paragraphsOf(words)))
    notify(t('inDiscussion'), 'info')
  }
  const menu = { groups: view.groups, commands, editable: writes, propose: editable ? propose : null }
  return (
    <section className="item-part" data-place="brainstorm" aria-labelledby="brainstorm-title">
      <div className="part-head">
        <h3 className="part-title" id="brainstorm-title">
          {t('title')}
        </h3>
        <Rounds record={record} view={view} isOver={isOver} />
      </div>
      {view.hiding ? (
        <p className="idea-round">
          <LockIcon size={16} /> {t('hiding')}
        </p>
      ) : null}
      {isOver ? <p className="quiet">{t('off')}</p> : null}
      {writes ? <NewCard commands={commands} /> : null}
      <p className="idea-others" aria-live="polite">
        {view.hiddenCards > 0 ? t('others', { count: view.hiddenCards }) : ''}
      </p>
      {view.cards.length === 0 ? (
        view.hiddenCards === 0 ? (
          <p className="part-empty">{t('none')}</p>
        ) : null
      ) : (
        <div className="idea-board">
          <div className="idea-group">
            {groups.length > 0 ? <h4 className="idea-group-title">{t('loose')}</h4> : null}
            <CardList
              {...menu}
              label={t('loose')}
              cards={loose}
              empty={t('looseNone')}
              takesOnCards
              onDrop={(cardId, on) => {
                const card = view.cards.find(one => one.cardId === cardId)
                if (on)
                  void commands.named(
                    [on.cardId, cardId],
                    freeTitle(view.groups, number => t('usualTitle', { number })),
                  )
                else if (card) commands.out(card)
              }}
            />
          </div>
          {groups.map(({ group, cards }) => (
            <div key={group.groupId} className="idea-group">
              <GroupTitle group={group} commands={commands} editable={writes} />
              <CardList
                {...menu}
                label={group.title}
                cards={cards}
                empty=""
                takesOnCards={false}
                onDrop={cardId => commands.into(cardId, group.groupId)}
              />
            </div>
          ))}
        </div>
      )}
    </section>
  )
}

/** For who leads: a round in which cards are hidden, and its end. */
function Rounds({ record, view, isOver }: { record: OpenItem; view: BrainstormView; isOver: boolean }) {
  const { t } = useBrainstormTexts()
  const { view: conference } = useRoom()
  const { mine, act } = useMeeting()
  const { itemId } = record
  const isOpenRound = view.hiding || view.hiddenCards > 0 || view.cards.some(card => card.hidden)
  if (!mine.mayLead || conference.state !== 'live') return null
  if (isOpenRound) {
    return (
      <Button look="secondary" size="small" onPress={() => void act('cards.reveal', { itemId })}>
        <EyeIcon size={18} />
        {t('reveal')}
      </Button>
    )
  }
  if (isOver) return null
  return (
    <Button look="tertiary" size="small" onPress={() => void act('cards.hide', { itemId })}>
      <LockIcon size={16} />
      {t('hide')}
    </Button>
  )
}

/** Enter goes on to the next card: the field is empty at once, and has the words again when they were not taken. */
function NewCard({ commands }: { commands: CardCommands }) {
  const { t } = useBrainstormTexts()
  const [text, setText] = useState('')
  const add = async (event: FormEvent) => {
    event.preventDefault()
    const words = text.trim()
    if (words === '') return
    setText('')
    const isTaken = await commands.add(words)
    if (!isTaken) setText(now => (now === '' ? words : now))
  }
  return (
    <form className="idea-new" onSubmit={event => void add(event)}>
      <TextField
        label={t('field')}
        description={t('lead')}
        placeholder={t('placeholder')}
        value={text}
        onChange={setText}
        maxLength={CARD_MOST_LETTERS}
        autoComplete="off"
      />
      <Button type="submit" look="secondary" preventFocusOnPress>
        {t('add')}
      </Button>
    </form>
  )
}

function GroupTitle({ group, commands, editable }: { group: GroupView; commands: CardCommands; editable: boolean }) {
  const { t } = useBrainstormTexts()
  const [isAsking, setAsking] = useState(false)
  return (
    <div className="idea-group-head">
      <h4 className="idea-group-title">{group.title}</h4>
      {editable ? (
        <IconButton label={t('rename', { title: group.title })} onPress={() => setAsking(true)}>
          <MenuIcon size={18} />
        </IconButton>
      ) : null}
      {isAsking ? (
        <WordsDialog
          title={t('renameTitle')}
          label={t('groupTitle')}
          value={group.title}
          most={GROUP_MOST_LETTERS}
          onSave={title => commands.rename(group.groupId, title)}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </div>
  )
}
