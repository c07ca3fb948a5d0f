/** One item of the minutes, in the order of the form: the case, opinions, discussion, decisions, action items, and how it was decided. */
import type { ReactNode } from 'react'
import { ACTION_STATUSES, DEFERRAL_KINDS, POSITION_KINDS, RECUSAL_KINDS, VOTE_CHOICES } from '../../../shared/codes.ts'
import type { MinutesLabels } from '../../../shared/minutes/minutes-labels.ts'
import type { EditionItem, ItemParts } from '../../../shared/minutes/minutes-record.ts'
import { formatDateTime, formatDay, formatMoney, formatTime } from '../../lib/format.ts'
import { LockIcon } from '../../ui/icons.tsx'
import { RichNodes } from './rich-nodes.tsx'
import { useMinutesTexts } from './use-minutes-texts.ts'

export const shortHash = (hash: string): string => hash.slice(0, 12)

interface PaperItemProps {
  item: EditionItem
  /** What its codes are called (CODE-SETS.md CO9). */
  labels: MinutesLabels
  changed: ReactNode
}

export function PaperItem({ item, labels, changed }: PaperItemProps) {
  const { t } = useMinutesTexts()
  const { number } = item
  if (item.restricted) {
    return (
      <p className="minutes-restricted" data-testid="minutes-restricted">
        <LockIcon />
        {item.hash === ''
          ? t('paper.restrictedDraft', { number })
          : t('paper.restrictedLine', { number, hash: shortHash(item.hash) })}
      </p>
    )
  }
  const { parts, supervision } = item
  const note = supervision?.parts.note
  const name = parts.subject?.case?.label ?? parts.subject?.label ?? ''
  // Led without a pointer, an item was heard all the same where something was said or decided.
  const isSilent = (parts.decisions ?? []).length === 0 && (parts.discussion?.text.words ?? '') === ''
  const isUntouched = parts.facts?.progress === 'waiting' && parts.facts.spentMs === 0 && isSilent
  return (
    <section className="minutes-item" data-testid="minutes-item">
      <h3 className="minutes-heading">
        {t('paper.itemTitle', { number })}. {name}
      </h3>
      {changed}
      {isUntouched ? <p className="quiet">{t('paper.notDiscussed')}</p> : null}
      <Subject parts={parts} labels={labels} />
      {parts.presentation && parts.presentation.words !== '' ? (
        <Part title={t('part.presentation')}>
          <RichNodes text={parts.presentation} />
        </Part>
      ) : null}
      <Opinions parts={parts} labels={labels} />
      <Discussion parts={parts} isUntouched={isUntouched} />
      <Decisions parts={parts} labels={labels} isUntouched={isUntouched} />
      <Actions parts={parts} isUntouched={isUntouched} />
      <Confirmation parts={parts} />
      <Votes parts={parts} isUntouched={isUntouched} />
      <Others parts={parts} />
      {note && note.text.words !== '' ? (
        <Part title={t('paper.supervision', { readers: note.readers.join(', ') })}>
          <RichNodes text={note.text} />
        </Part>
      ) : null}
    </section>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="minutes-part">
      <h4>{title}</h4>
      <div>{children}</div>
    </div>
  )
}

type Parts = Partial<ItemParts>

function Subject({ parts: { subject, facts }, labels }: { parts: Parts; labels: MinutesLabels }) {
  const { t, language } = useMinutesTexts()
  if (!subject?.case) return null
  const { number, leadAgency } = subject.case
  const stage = facts?.stage ? labels.stages[facts.stage][language] : ''
  const words = [
    `${t('paper.caseNumber')} ${number}${stage ? ` (${stage})` : ''}`,
    leadAgency ? `${t('paper.leadAgency')} ${leadAgency.name}` : '',
    `${t('paper.cleared')} ${subject.agencies.map(agency => agency.name).join(', ')}`,
    facts && facts.needs.length > 0
      ? `${t('paper.needs')} ${facts.needs.map(need => labels.needs[need][language]).join(', ')}`
      : '',
  ]
  return <p className="quiet">{words.filter(Boolean).join(' · ')}</p>
}

function Opinions({ parts: { opinions = [] }, labels }: { parts: Parts; labels: MinutesLabels }) {
  const { t, language } = useMinutesTexts()
  if (opinions.length === 0) return null
  return (
    <Part title={t('part.opinions')}>
      {opinions.map(({ need, agency, text }) => (
        <div key={`${need}-${agency.agencyId}`} className="minutes-said">
          <p>
            <strong>{agency.name}</strong> <span className="quiet">{labels.needs[need][language]}</span>
          </p>
          <RichNodes text={text} />
        </div>
      ))}
    </Part>
  )
}

function Discussion({ parts: { discussion }, isUntouched }: { parts: Parts; isUntouched: boolean }) {
  const { t } = useMinutesTexts()
  if (discussion === undefined) return null
  const { text, ideas } = discussion
  if (isUntouched && text.words === '' && ideas.length === 0) return null
  return (
    <Part title={t('part.discussion')}>
      {text.words === '' && ideas.length === 0 ? <p className="quiet">{t('paper.noDiscussion')}</p> : null}
      <RichNodes text={text} />
      {ideas.length > 0 ? (
        <>
          <p className="quiet small">{t('paper.ideas')}</p>
          <ul>
            {ideas.map(idea => (
              <li key={`${idea.group}-${idea.by}-${idea.text}`}>
                {idea.group ? `[${idea.group}] ` : ''}
                {idea.text} <span className="quiet small">({idea.agency || idea.by})</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </Part>
  )
}

interface DecisionsProps {
  parts: Parts
  labels: MinutesLabels
  isUntouched: boolean
}

function Decisions({ parts: { decisions }, labels, isUntouched }: DecisionsProps) {
  const { t, language } = useMinutesTexts()
  if (decisions === undefined || (isUntouched && decisions.length === 0)) return null
  return (
    <Part title={t('part.decisions')}>
      {decisions.length === 0 ? <p className="quiet">{t('paper.noDecision')}</p> : null}
      <ol className="minutes-decisions">
        {decisions.map(({ decisionId, kind, need, text, reason, condition }) => (
          <li key={decisionId}>
            <p>
              <strong>{kind === '' ? t('paper.undecided') : labels.decisions[kind][language]}</strong>
              {need === '' ? '' : ` · ${labels.needs[need][language]}`}
            </p>
            <RichNodes text={text} />
            {reason.words === '' ? null : <Labelled name={t('paper.reason')} text={reason} />}
            {condition.words === '' ? null : <Labelled name={t('paper.condition')} text={condition} />}
          </li>
        ))}
      </ol>
    </Part>
  )
}

function Labelled({ name, text }: { name: string; text: ItemParts['presentation'] }) {
  return (
    <div className="minutes-labelled">
      <span className="quiet">{name}</span>
      <RichNodes text={text} />
    </div>
  )
}

function Actions({ parts: { actions }, isUntouched }: { parts: Parts; isUntouched: boolean }) {
  const { t, language } = useMinutesTexts()
  if (actions === undefined || (isUntouched && actions.length === 0)) return null
  return (
    <Part title={t('part.actions')}>
      {actions.length === 0 ? (
        <p className="quiet">{t('paper.noAction')}</p>
      ) : (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('paper.order')}</th>
                <th scope="col">{t('paper.what')}</th>
                <th scope="col">{t('paper.who')}</th>
                <th scope="col">{t('paper.due')}</th>
                <th scope="col">{t('paper.amount')}</th>
                <th scope="col">{t('paper.status')}</th>
              </tr>
            </thead>
            <tbody>
              {actions.map(action => (
                <tr key={action.actionId}>
                  <td className="number">{action.number}</td>
                  <th scope="row">
                    {action.what.words}
                    {action.rule.words === '' ? null : (
                      <span className="quiet small"> ({`${t('paper.rule')}: ${action.rule.words}`})</span>
                    )}
                  </th>
                  <td>{[action.agency?.name ?? t('paper.undecided'), action.person].filter(Boolean).join(' ')}</td>
                  <td className="minutes-whole">
                    {action.due === '' ? t('paper.undecided') : formatDay(action.due, language)}
                  </td>
                  <td className="number">{action.amount === null ? '–' : formatMoney(action.amount, language)}</td>
                  <td className="minutes-whole">{ACTION_STATUSES[action.status][language]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Part>
  )
}

function Confirmation({ parts: { confirmation, decisions = [], actions = [] } }: { parts: Parts }) {
  const { t, language } = useMinutesTexts()
  if (confirmation === undefined || (confirmation === null && decisions.length + actions.length === 0)) return null
  if (confirmation === null) {
    return (
      <Part title={t('part.confirmation')}>
        <p className="quiet">{t('paper.notConfirmed')}</p>
      </Part>
    )
  }
  const { at, by, number, answers, changedSince } = confirmation
  return (
    <Part title={t('part.confirmation')}>
      <p>{t('paper.confirmedAt', { at: formatDateTime(at, language), by, number })}</p>
      {changedSince.length > 0 ? <p>{t('paper.changedSince', { n: changedSince.length })}</p> : null}
      <ul className="minutes-people">
        {answers.map(answer => (
          <li key={answer.agency.agencyId}>
            {answer.agency.name}: <strong>{POSITION_KINDS[answer.position][language]}</strong>
            {answer.byMinuteTaker ? <span className="quiet small"> ({t('paper.byTaker')})</span> : null}
            {answer.words ? <blockquote>{answer.words}</blockquote> : null}
          </li>
        ))}
      </ul>
    </Part>
  )
}

function Votes({ parts: { votes }, isUntouched }: { parts: Parts; isUntouched: boolean }) {
  const { t, language } = useMinutesTexts()
  if (votes === undefined || (isUntouched && votes.length === 0)) return null
  return (
    <Part title={t('part.votes')}>
      {votes.length === 0 ? <p className="quiet">{t('paper.noVotes')}</p> : null}
      {votes.map(vote => (
        <div key={`${vote.openedAt}-${vote.question}`} className="minutes-said">
          <p>
            <strong>{vote.question}</strong>{' '}
            {vote.count === null ? t('paper.voteOpen') : t(vote.count.isCarried ? 'paper.carried' : 'paper.notCarried')}
          </p>
          {vote.count === null ? null : (
            <p>
              {t('paper.voteCount', {
                for: vote.count.for,
                against: vote.count.against,
                abstain: vote.count.abstain,
                silent: vote.count.silent,
              })}
            </p>
          )}
          <p className="quiet small">
            {vote.cast
              .map(({ voter, choice }) => `${voter} ${choice === null ? '–' : VOTE_CHOICES[choice][language]}`)
              .join(' · ')}
          </p>
        </div>
      ))}
    </Part>
  )
}

function Others({ parts: { deferral, recusals = [], quorum = [], papers = [] } }: { parts: Parts }) {
  const { t, language } = useMinutesTexts()
  return (
    <>
      {deferral ? (
        <Part title={t('part.deferral')}>
          <p>
            {[DEFERRAL_KINDS[deferral.kind][language], deferral.reason, deferral.retable ? t('paper.retable') : '']
              .filter(Boolean)
              .join(' · ')}
          </p>
        </Part>
      ) : null}
      {quorum.length > 0 ? (
        <Part title={t('part.quorum')}>
          {quorum.map(({ at, needed, here, reason }) => (
            <p key={at}>{t('paper.wentOn', { needed, here, reason })}</p>
          ))}
        </Part>
      ) : null}
      {recusals.length > 0 ? (
        <Part title={t('part.recusals')}>
          {recusals.map(({ name, agency, kind, leftAt, returnedAt }) => (
            <p key={`${name}-${leftAt}`}>
              {t('paper.recusal', {
                name,
                agency,
                kind: RECUSAL_KINDS[kind][language],
                from: formatTime(leftAt),
                to: returnedAt === null ? t('paper.recusalOpen') : formatTime(returnedAt),
              })}
            </p>
          ))}
        </Part>
      ) : null}
      {papers.length > 0 ? (
        <Part title={t('part.papers')}>
          <p>{papers.map(paper => paper.title).join(', ')}</p>
        </Part>
      ) : null}
    </>
  )
}
