/** What can be done with one card: propose it, put it in a group, change it. */
import { useState } from 'react'
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components'
import type { CardView } from '../../../../shared/meeting/meeting-view.ts'
import { CARD_MOST_LETTERS } from '../../../../shared/protocol/live-channel.ts'
import { IconButton } from '../../../ui/button.tsx'
import { MenuIcon } from '../../../ui/icons.tsx'
import { useNotices } from '../../../ui/notice.tsx'
import { useMeeting } from '../meeting-context.tsx'
import { useRoom } from '../room-context.tsx'
import type { GroupView } from './board.ts'
import { useBrainstormTexts } from './use-brainstorm-texts.ts'
import type { CardCommands } from './use-card-commands.ts'
import { WordsDialog } from './words-dialog.tsx'

export const GROUP_MOST_LETTERS = 60

export type Proposal = 'discussion' | 'decision' | 'action'

export interface CardMenuProps {
  card: CardView
  groups: readonly GroupView[]
  commands: CardCommands
  editable: boolean
  /** Puts a card's words where proposals go; null while nothing can be written there. */
  propose: ((to: Proposal, words: string) => void) | null
}

export function CardMenu({ card, groups, commands, propose }: CardMenuProps) {
  const { t } = useBrainstormTexts()
  const { me } = useRoom()
  const { mine } = useMeeting()
  const notify = useNotices()
  const [asking, setAsking] = useState<'group' | 'words' | null>(null)
  const isOwn = card.by === me.userId && card.groupId === null
  const remove = async () => {
    if (await commands.remove(card.cardId)) notify(t('removed'), 'info')
  }
  return (
    <>
      <MenuTrigger>
        <IconButton label={t('menu', { text: card.text })}>
          <MenuIcon size={18} />
        </IconButton>
        <Popover className="popover" placement="bottom end">
          <Menu className="menu">
            {propose && !card.hidden ? (
              <MenuSection>
                <Header className="idea-menu-title">{t('propose')}</Header>
                <MenuItem className="menu-item" onAction={() => propose('discussion', card.text)}>
                  {t('toDiscussion')}
                </MenuItem>
                <MenuItem className="menu-item" onAction={() => propose('decision', card.text)}>
                  {t('toDecision')}
                </MenuItem>
                <MenuItem className="menu-item" onAction={() => propose('action', card.text)}>
                  {t('toAction')}
                </MenuItem>
              </MenuSection>
            ) : null}
            {card.hidden ? null : (
              <MenuSection>
                <Header className="idea-menu-title">{t('group')}</Header>
                {groups
                  .filter(group => group.groupId !== card.groupId)
                  .map(({ groupId, title }) => (
                    <MenuItem key={groupId} className="menu-item" onAction={() => commands.into(card.cardId, groupId)}>
                      {t('into', { title })}
                    </MenuItem>
                  ))}
                <MenuItem className="menu-item" onAction={() => setAsking('group')}>
                  {t('newGroup')}
                </MenuItem>
                {card.groupId === null ? null : (
                  <MenuItem className="menu-item" onAction={() => commands.out(card)}>
                    {t('out')}
                  </MenuItem>
                )}
              </MenuSection>
            )}
            {isOwn || mine.mayLead ? (
              <MenuSection>
                <Header className="idea-menu-title">{t('own')}</Header>
                {isOwn ? (
                  <MenuItem className="menu-item" onAction={() => setAsking('words')}>
                    {t('change')}
                  </MenuItem>
                ) : null}
                <MenuItem className="menu-item" onAction={() => void remove()}>
                  {t('remove')}
                </MenuItem>
              </MenuSection>
            ) : null}
          </Menu>
        </Popover>
      </MenuTrigger>
      {asking === 'group' ? (
        <WordsDialog
          title={t('newGroupTitle')}
          label={t('groupTitle')}
          value=""
          most={GROUP_MOST_LETTERS}
          onSave={title => commands.named([card.cardId], title)}
          onClose={() => setAsking(null)}
        />
      ) : null}
      {asking === 'words' ? (
        <WordsDialog
          title={t('changeTitle')}
          label={t('text')}
          value={card.text}
          most={CARD_MOST_LETTERS}
          onSave={text => commands.change(card.cardId, text)}
          onClose={() => setAsking(null)}
        />
      ) : null}
    </>
  )
}
