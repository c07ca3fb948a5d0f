/**
 * Who wrote which words: the item's texts once more, to read, each run of words under the name of whose hand it is in. The agency's colour helps to
 * find a hand again; the name is always beside it.
 */
import { useMemo } from 'react'
import type * as Y from 'yjs'
import { decisionsOf, discussionOf, opinionsOf, presentationOf } from '../../../shared/documents/item-document.ts'
import type { ItemContent } from '../../../shared/history/item-content.ts'
import { lettersOf } from '../../../shared/history/text-diff.ts'
import { byWriter, type WrittenLine, writtenIn } from '../../../shared/history/written.ts'
import type { ItemId } from '../../../shared/ids.ts'
import { agencyColour } from '../../lib/agency-colours.ts'
import type { LinkState } from '../../room/document-link.ts'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import type { Hand } from '../room/item/opinion-source.ts'
import { useWriters } from '../room/item/use-writers.ts'
import { useRoom } from '../room/room-context.tsx'
import { useHistoryTexts } from './use-history-texts.ts'

interface Text {
  title: string
  lines: WrittenLine[]
}

/** @param now changes when the texts did */
export function WhoWrote({ link, itemId, now }: { link: LinkState; itemId: ItemId; now: ItemContent }) {
  const { t } = useHistoryTexts()
  const { agencies } = useRoom()
  const texts = useTexts(link.doc, now)
  const hands = new Set(texts.flatMap(({ lines }) => lines.flat().map(({ hand }) => hand)))
  const writerOf = useWriters(link, itemId, hands)
  const keyOf = (hand: number): string => {
    const writer = writerOf(hand)
    return writer === undefined || writer.name === '' ? '' : `${writer.agencyId ?? ''} ${writer.name}`
  }
  const writers = new Map<string, Hand & { letters: number }>()
  for (const { hand, words } of texts.flatMap(({ lines }) => lines.flat())) {
    const key = keyOf(hand)
    const known = writers.get(key) ?? { ...(writerOf(hand) ?? { name: '', agencyId: null }), letters: 0 }
    known.letters += lettersOf(words.trim()).length
    writers.set(key, known)
  }
  const lookOf = (key: string) => {
    const writer = writers.get(key)
    const agency = writer?.agencyId ? agencies.get(writer.agencyId) : undefined
    const name = writer?.name || t('writers.unknown')
    return { label: agency ? `${agency.shortName} ${name}` : name, colour: agencyColour(agency?.colour ?? -1).solid }
  }
  if (texts.length === 0) return <p className="part-empty">{t('writers.none')}</p>
  return (
    <div className="history-writers">
      <p className="quiet">{t('writers.lead')}</p>
      <ul className="history-legend" aria-label={t('writers.who')} data-testid="history-writers">
        {[...writers].map(([key, { letters }]) => (
          <li key={key} style={{ borderColor: lookOf(key).colour }}>
            <strong>{lookOf(key).label}</strong>{' '}
            <span className="quiet">{t('writers.letters', { count: letters })}</span>
          </li>
        ))}
      </ul>
      {texts.map(({ title, lines }, at) => (
        // Two decisions may have the same title; texts stand in their order.
        // biome-ignore lint/suspicious/noArrayIndexKey: nothing in it has a state of its own.
        <section key={`${at} ${title}`}>
          <h4 className="history-title">{title}</h4>
          {withChanges(lines.map(line => byWriter(line, keyOf))).map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name than their place, and no state.
            <p key={index} className="history-words">
              {line.map(({ writer, words, isOther }, run) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <span key={run} className="history-run" style={{ borderColor: lookOf(writer).colour }}>
                  {isOther ? <span className="history-hand">{lookOf(writer).label} </span> : null}
                  {words}
                </span>
              ))}
            </p>
          ))}
        </section>
      ))}
    </div>
  )
}

/** A name stands where the hand is another than in the words before. */
function withChanges(lines: readonly (readonly { writer: string; words: string }[])[]) {
  let last: string | undefined
  return lines.map(line =>
    line.map(run => {
      const isOther = run.writer !== last
      last = run.writer
      return { ...run, isOther }
    }),
  )
}

function useTexts(doc: Y.Doc, now: ItemContent): Text[] {
  const { t } = useHistoryTexts()
  const codes = useCodeSets()
  const { agencies } = useRoom()
  // Plain data changes exactly when the document was read again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  return useMemo(() => {
    const texts: [string, Y.XmlFragment][] = [
      [t('on.presentation'), presentationOf(doc)],
      ...opinionsOf(doc).map(({ need, agencyId, text }): [string, Y.XmlFragment] => [
        t('on.opinion', { need: codes.label('need_domain', need), agency: agencies.get(agencyId)?.shortName ?? '' }),
        text,
      ]),
      [t('on.discussion'), discussionOf(doc)],
      ...decisionsOf(doc).flatMap(({ text, reason, condition }, index): [string, Y.XmlFragment][] => {
        const title = t('on.decision', { number: index + 1 })
        return [
          [title, text],
          [`${title} · ${t('field.reason')}`, reason],
          [`${title} · ${t('field.condition')}`, condition],
        ]
      }),
    ]
    return texts.map(([title, text]) => ({ title, lines: writtenIn(text) })).filter(({ lines }) => lines.length > 0)
  }, [doc, now, agencies, codes, t])
}
