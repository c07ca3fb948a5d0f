/** Votes on an item: one question at a time, cast openly, entered for who has no device; counted when whoever leads closes it. */
import { useState } from 'react'
import { speaksForAgency } from '../../../../shared/access.ts'
import { codesOf, VOTE_CHOICES, type VoteChoice } from '../../../../shared/codes.ts'
import type { ItemId } from '../../../../shared/ids.ts'
import type { VoterId, VoteView } from '../../../../shared/meeting/meeting-view.ts'
import { formatTime, type Language } from '../../../lib/format.ts'
import { Button } from '../../../ui/button.tsx'
import { Chip } from '../../../ui/chips.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { useMeeting } from '../meeting-context.tsx'
import { useRoom } from '../room-context.tsx'
import { useDecidingTexts } from './use-deciding-texts.ts'
import './deciding.css'

const MAX_QUESTION = 200
const CHOICES = codesOf(VOTE_CHOICES)

export function Votes({ itemId, mayVote }: { itemId: ItemId; mayVote: boolean }) {
  const { t } = useDecidingTexts()
  const { view, mine } = useMeeting()
  const votes = view?.hearings[itemId]?.votes ?? []
  const open = votes.find(vote => vote.count === null)
  const mayOpen = view?.features.voting === true && mine.mayLead && open === undefined
  if (votes.length === 0 && !mayOpen) return null
  return (
    <section className="item-part" data-place="votes" data-testid="votes" aria-labelledby="votes-title">
      <h3 className="part-title" id="votes-title">
        {t('vote.title')}
      </h3>
      {votes.map(vote =>
        vote.count === null ? (
          <OpenVote key={vote.voteId} itemId={itemId} vote={vote} mayVote={mayVote} />
        ) : (
          <ClosedVote key={vote.voteId} vote={vote} />
        ),
      )}
      {mayOpen ? <AskVote itemId={itemId} /> : null}
    </section>
  )
}

function AskVote({ itemId }: { itemId: ItemId }) {
  const { t } = useDecidingTexts()
  const { act } = useMeeting()
  const [question, setQuestion] = useState('')
  const [isPending, setPending] = useState(false)
  const send = async () => {
    if (question.trim() === '') return
    setPending(true)
    if (await act('vote.open', { itemId, question: question.trim() })) setQuestion('')
    setPending(false)
  }
  return (
    <div className="deciding-choices">
      <TextField
        label={t('vote.question')}
        labelHidden
        placeholder={t('vote.questionHint')}
        maxLength={MAX_QUESTION}
        value={question}
        onChange={setQuestion}
        onKeyDown={event => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) void send()
        }}
      />
      <Button
        look="secondary"
        size="small"
        isPending={isPending}
        isDisabled={question.trim() === ''}
        onPress={() => void send()}
      >
        {t('vote.open')}
      </Button>
    </div>
  )
}

function OpenVote({ itemId, vote, mayVote }: { itemId: ItemId; vote: VoteView; mayVote: boolean }) {
  const { t } = useDecidingTexts()
  const { language } = useRoomTexts()
  const { view: conference, me } = useRoom()
  const { mine, act } = useMeeting()
  const nameOf = useVoterNames()
  const speaks = conference.myRole !== null && speaksForAgency(conference.myRole)
  const own: VoterId | null = vote.votesBy === 'people' ? mine.key : speaks ? me.agencyId : null
  // What somebody cast themselves is theirs to change: it stands below, with no buttons.
  const isTheirs = (voter: VoterId) => vote.cast.some(one => one.voter === voter && !one.byMinuteTaker)
  const rows = vote.voters.filter(
    voter => mayVote && (voter === own || (conference.mayWriteForOthers && !isTheirs(voter))),
  )
  const cast = (voter: VoterId, choice: VoteChoice) =>
    void act('vote.cast', { itemId, voteId: vote.voteId, voter, choice })
  return (
    <div className="vote" data-testid="vote">
      <p className="deciding-line">
        <strong>{vote.question}</strong>{' '}
        <span className="quiet">{t('vote.progress', { cast: vote.cast.length, of: vote.voters.length })}</span>
      </p>
      <ul className="vote-rows">
        {rows.map(voter => {
          const said = vote.cast.find(one => one.voter === voter)
          return (
            <li key={voter} className="deciding-choices">
              <span className="vote-name">
                {voter === own ? t('vote.mine', { name: nameOf(voter) }) : nameOf(voter)}
              </span>
              {CHOICES.map(choice => (
                <Button
                  key={choice}
                  look={said?.choice === choice ? 'secondary' : 'tertiary'}
                  size="small"
                  aria-pressed={said?.choice === choice}
                  aria-label={`${nameOf(voter)} ${VOTE_CHOICES[choice][language]}`}
                  onPress={() => cast(voter, choice)}
                >
                  {VOTE_CHOICES[choice][language]}
                </Button>
              ))}
              {said?.byMinuteTaker ? <span className="quiet">{t('vote.enteredBy', { name: said.by })}</span> : null}
            </li>
          )
        })}
      </ul>
      <CastLines vote={vote} except={rows} language={language} />
      {mine.mayLead ? (
        <Button look="primary" size="small" onPress={() => void act('vote.close', { itemId, voteId: vote.voteId })}>
          {t('vote.close')}
        </Button>
      ) : null}
    </div>
  )
}

function ClosedVote({ vote }: { vote: VoteView }) {
  const { t } = useDecidingTexts()
  const { language } = useRoomTexts()
  const { count } = vote
  if (count === null) return null
  return (
    <div className="vote" data-testid="vote">
      <p className="deciding-line">
        <strong>{vote.question}</strong>{' '}
        <Chip tone={count.isCarried ? 'success' : 'neutral'}>{t(count.isCarried ? 'vote.carried' : 'vote.lost')}</Chip>{' '}
        {t('vote.count', { for: count.for, against: count.against, abstain: count.abstain, silent: count.silent })}{' '}
        <span className="quiet">
          {t('vote.needed', { of: vote.voters.length, needed: count.needed })}
          {vote.closedAt === null ? '' : ` · ${formatTime(vote.closedAt)}`}
        </span>
      </p>
      <CastLines vote={vote} except={[]} language={language} />
    </div>
  )
}

/** Who voted how, but for those whose buttons say it. */
function CastLines({ vote, except, language }: { vote: VoteView; except: readonly VoterId[]; language: Language }) {
  const { t } = useDecidingTexts()
  const nameOf = useVoterNames()
  const shown = vote.cast.filter(({ voter }) => !except.includes(voter))
  if (shown.length === 0) return null
  return (
    <p className="quiet deciding-line">
      {shown
        .map(({ voter, choice, byMinuteTaker, by }) =>
          [nameOf(voter), VOTE_CHOICES[choice][language], byMinuteTaker ? `(${t('vote.enteredBy', { name: by })})` : '']
            .filter(Boolean)
            .join(' '),
        )
        .join(' · ')}
    </p>
  )
}

/** An agency's short name, or a member's name. */
function useVoterNames(): (voter: VoterId) => string {
  const { agencies } = useRoom()
  const { view } = useMeeting()
  const looks = new Map<string, string>([...agencies].map(([agencyId, { shortName }]) => [agencyId, shortName]))
  return voter => looks.get(voter) ?? view?.attendance.find(one => one.key === voter)?.name ?? ''
}
