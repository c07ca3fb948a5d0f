/** What differs between two moments: decisions and action items with their plain fields first, then texts, word by word. */
import type { ReactNode } from 'react'
import type {
  ActionText,
  ActionValue,
  DecisionText,
  DecisionValue,
  EntryDifference,
  ItemDifferences,
  TextChange,
  ValueChange,
} from '../../../shared/history/content-diff.ts'
import { lettersOf, type TextPiece } from '../../../shared/history/text-diff.ts'
import { formatDay, formatMoney } from '../../lib/format.ts'
import { Chip } from '../../ui/chips.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { useHistoryTexts } from './use-history-texts.ts'

export function Differences({
  found,
  agencyName,
}: {
  found: ItemDifferences
  agencyName: (agencyId: string) => string
}) {
  const { t } = useHistoryTexts()
  const codes = useCodeSets()
  const nameOfNeed = (need: string) => codes.label('need_domain', need)
  return (
    <ul className="history-differences" data-testid="history-differences">
      {[...found.decisions, ...found.actions].map(entry => (
        <Entry key={entry.id} entry={entry} agencyName={agencyName} nameOfNeed={nameOfNeed} />
      ))}
      {found.needs.new.length + found.needs.gone.length > 0 ? (
        <Difference title={t('on.needs')}>
          <p className="history-words">
            {found.needs.gone.map(need => (
              <Gone key={need} words={nameOfNeed(need)} />
            ))}{' '}
            {found.needs.new.map(need => (
              <New key={need} words={nameOfNeed(need)} />
            ))}
          </p>
        </Difference>
      ) : null}
      {found.parts.map(({ field, pieces }) => (
        <Difference key={field} title={t(`on.${field}`)}>
          <Pieces pieces={pieces} />
        </Difference>
      ))}
      {found.opinions.map(({ need, agencyId, pieces }) => (
        <Difference
          key={`${need} ${agencyId}`}
          title={t('on.opinion', { need: nameOfNeed(need), agency: agencyName(agencyId) })}
        >
          <Pieces pieces={pieces} />
        </Difference>
      ))}
    </ul>
  )
}

function Difference({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <li>
      <p className="history-what">
        <strong>{title}</strong> {note}
      </p>
      {children}
    </li>
  )
}

type AnyEntry = EntryDifference<'decision' | 'action', string, DecisionValue | ActionValue, DecisionText | ActionText>

function Entry({
  entry,
  agencyName,
  nameOfNeed,
}: {
  entry: AnyEntry
  agencyName: (agencyId: string) => string
  nameOfNeed: (need: string) => string
}) {
  const { t, language } = useHistoryTexts()
  const codes = useCodeSets()
  const said = ({ field }: ValueChange<DecisionValue | ActionValue>, value: string | number | null): string => {
    if (value === null || value === '') return t('change.nothing')
    if (field === 'amount') return formatMoney(Number(value), language)
    const words = String(value)
    if (field === 'agencyId') return agencyName(words)
    if (field === 'due') return formatDay(words, language)
    if (field === 'need') return nameOfNeed(words)
    if (field === 'kind') return codes.label('decision_kind', words)
    return words
  }
  const tone = entry.change === 'gone' ? 'danger' : entry.change === 'new' ? 'success' : 'neutral'
  return (
    <Difference
      title={t(`on.${entry.on}`, { number: entry.number })}
      note={
        <>
          <Chip {...(tone === 'neutral' ? {} : { tone })}>{t(`change.${entry.change}`)}</Chip>
          {entry.isMoved ? <Chip>{t('change.moved')}</Chip> : null}
        </>
      }
    >
      {entry.values.length > 0 ? (
        <dl className="history-values">
          {entry.values.map(value => (
            <div key={value.field}>
              <dt>{t(`field.${value.field}`)}</dt>
              <dd>
                {entry.change === 'new' ? null : <Gone words={said(value, value.before)} />}
                {entry.change === 'changed' ? ' → ' : null}
                {entry.change === 'gone' ? null : <New words={said(value, value.after)} />}
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      {entry.texts.map((text: TextChange<DecisionText | ActionText>) => (
        <div key={text.field}>
          <p className="history-field">{t(`field.${text.field}`)}</p>
          <Pieces pieces={text.pieces} />
        </div>
      ))}
    </Difference>
  )
}

/** Long stretches that stayed are cut: what changed is to be found at a glance. */
const SHOWN_LETTERS = 40

function Pieces({ pieces }: { pieces: readonly TextPiece[] }) {
  const { t } = useHistoryTexts()
  if (pieces.every(piece => piece.kind === 'same')) return <p className="quiet">{t('change.look')}</p>
  const last = pieces.length - 1
  return (
    <p className="history-words">
      {pieces.map((piece, index) => {
        // Pieces of one comparison have no other name than their place.
        const key = `${index} ${piece.kind}`
        if (piece.kind === 'gone') return <Gone key={key} words={piece.words} />
        if (piece.kind === 'new') return <New key={key} words={piece.words} />
        return <span key={key}>{shortened(piece.words, index > 0, index < last)}</span>
      })}
    </p>
  )
}

function shortened(words: string, hasBefore: boolean, hasAfter: boolean): string {
  const letters = lettersOf(words)
  const head = hasBefore ? SHOWN_LETTERS : 0
  const tail = hasAfter ? SHOWN_LETTERS : 0
  if (letters.length <= head + tail + 10) return words
  return `${letters.slice(0, head).join('')} … ${tail > 0 ? letters.slice(-tail).join('') : ''}`
}

function Gone({ words }: { words: string }) {
  const { t } = useHistoryTexts()
  return (
    <del>
      <span className="visually-hidden">{t('change.goneWords')} </span>
      {words}
    </del>
  )
}

function New({ words }: { words: string }) {
  const { t } = useHistoryTexts()
  return (
    <ins>
      <span className="visually-hidden">{t('change.newWords')} </span>
      {words}
    </ins>
  )
}
