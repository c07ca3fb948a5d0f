/** What is asked of the reader's agency: sign, sign with a note, object. Bound to the version on the screen. */
import { useState } from 'react'
import type { SigningKind } from '../../../shared/minutes/bundle.ts'
import type { LeafKey } from '../../../shared/minutes/minutes-record.ts'
import type { MinutesView } from '../../../shared/protocol/minutes.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { Select } from '../../ui/pickers.tsx'
import type { Perform } from './minutes-page.tsx'
import { useMinutesTexts } from './use-minutes-texts.ts'

export function SignPanel({ view, perform }: { view: MinutesView; perform: Perform }) {
  const { t } = useMinutesTexts()
  const [writing, setWriting] = useState<'noted' | 'objected' | null>(null)
  const [isPending, setPending] = useState(false)
  const head = view.versions.at(-1)?.head
  if (!view.may.sign || head === undefined) return null
  const send = async (kind: SigningKind, about: LeafKey, words: string) => {
    setPending(true)
    await perform(api => api.sign(view.conferenceId, { head, kind, about, words }), t('sign.done'))
    setPending(false)
  }
  return (
    <Section title={t('sign.title')}>
      <div className="minutes-desk" data-testid="minutes-sign">
        <p>{t('sign.ask')}</p>
        {view.needsSigning ? null : <p className="quiet">{t('sign.voluntary')}</p>}
        <div className="minutes-buttons">
          <Button look="primary" isPending={isPending} onPress={() => void send('signed', 'meeting', '')}>
            {t('sign.signed')}
          </Button>
          <Button onPress={() => setWriting('noted')}>{t('sign.noted')}</Button>
          <Button onPress={() => setWriting('objected')}>{t('sign.objected')}</Button>
        </div>
        {writing === null ? null : (
          <Words
            key={writing}
            view={view}
            kind={writing}
            isPending={isPending}
            onSend={(about, words) => void send(writing, about, words)}
          />
        )}
      </div>
    </Section>
  )
}

function Words({
  view,
  kind,
  isPending,
  onSend,
}: {
  view: MinutesView
  kind: 'noted' | 'objected'
  isPending: boolean
  onSend: (about: LeafKey, words: string) => void
}) {
  const { t } = useMinutesTexts()
  const [about, setAbout] = useState<LeafKey>('meeting')
  const [words, setWords] = useState('')
  const options = [
    { id: 'meeting' as LeafKey, label: t('sign.whole') },
    ...view.edition.items.flatMap(item =>
      item.restricted
        ? []
        : [
            {
              id: `item:${item.itemId}` as LeafKey,
              label: `${t('paper.itemTitle', { number: item.number })}. ${item.parts.subject?.case?.label ?? item.parts.subject?.label ?? ''}`,
            },
          ],
    ),
  ]
  return (
    <div className="minutes-words">
      <Select
        label={t('sign.about')}
        width="medium"
        value={about}
        options={options}
        onChange={one => {
          if (one !== null) setAbout(one)
        }}
      />
      <TextField
        label={t(kind === 'noted' ? 'sign.wordsNoted' : 'sign.wordsObjected')}
        description={t('sign.wordsSays')}
        rows={3}
        maxLength={2000}
        isRequired
        autoFocus
        value={words}
        onChange={setWords}
      />
      <Button
        look="primary"
        isPending={isPending}
        isDisabled={words.trim() === ''}
        onPress={() => onSend(about, words.trim())}
      >
        {t('sign.send')}
      </Button>
    </div>
  )
}
