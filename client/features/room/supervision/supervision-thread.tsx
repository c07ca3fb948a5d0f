/** One supervision: its questions with their answers, its notes, and a field for the next line. Nothing that stands there can be changed. */
import { useRef, useState } from 'react'
import { idFromBytes } from '../../../../shared/ids.ts'
import {
  SUPERVISION_TEXT_MAX,
  type SupervisionEntryView,
  type SupervisionThreadView,
  type WriteSupervisionBody,
} from '../../../../shared/protocol/supervision.ts'
import { useLanguage } from '../../../i18n/use-language.ts'
import { formatDateTime } from '../../../lib/format.ts'
import { useSession } from '../../../lib/session.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { Button } from '../../../ui/button.tsx'
import { Chip } from '../../../ui/chips.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { ErrorNotice } from '../../../ui/states.tsx'
import { conversationOf, type Topic } from './conversation.ts'
import { useSupervisionTexts } from './use-supervision-texts.ts'

export type Write = (body: WriteSupervisionBody) => Promise<void>

/** A line without whom it goes to, which the thread knows. */
type Line<Body = WriteSupervisionBody> = Body extends unknown ? Omit<Body, 'with' | 'as' | 'command'> : never

interface ThreadProps {
  thread: SupervisionThreadView
  write: Write
  /** Opened by a press just now. */
  autoFocus: boolean
  on: 'item' | 'page'
}

export function SupervisionThread({ thread, write, autoFocus, on }: ThreadProps) {
  const Heading = on === 'page' ? 'h3' : 'h4'
  const { t } = useSupervisionTexts()
  const { person } = useSession()
  const { name, agencyName, userId } = thread.with
  const nameOf = (entry: SupervisionEntryView) => (entry.by === person.userId ? t('thread.me') : name)
  const send = useLines(line => write({ ...line, with: userId, as: thread.as }))
  const topics = conversationOf(thread.entries)
  const titleId = `supervision-${thread.as}-${userId}`
  return (
    <section className="supervision-thread" aria-labelledby={titleId} data-testid="supervision-thread">
      <Heading id={titleId} className="supervision-with">
        {t(thread.as === 'worker' ? 'thread.withSupervisor' : 'thread.withWorker', { name, agency: agencyName })}
      </Heading>
      <p className="supervision-readers">{t('thread.two', { me: person.name, name })}</p>
      {send.error ? <ErrorNotice error={send.error} /> : null}
      <div role="log" aria-label={t('thread.lines')}>
        {topics.length === 0 ? <p className="part-empty">{t('thread.empty')}</p> : null}
        <ol className="supervision-topics">
          {topics.map(topic => (
            <TopicLines
              key={topic.entry.entryId}
              topic={topic}
              nameOf={nameOf}
              mayWrite={thread.mayWrite}
              isMine={topic.entry.by === person.userId}
              send={send}
            />
          ))}
        </ol>
      </div>
      {thread.mayWrite ? (
        <Compose
          label={t('thread.next')}
          autoFocus={autoFocus}
          send={send}
          buttons={[
            { words: t('thread.sendQuestion'), look: 'primary', line: text => ({ kind: 'question', text }) },
            { words: t('thread.sendNote'), look: 'secondary', line: text => ({ kind: 'note', text }) },
          ]}
        />
      ) : (
        <p className="quiet">{t('thread.closed', { name })}</p>
      )}
    </section>
  )
}

interface TopicLinesProps {
  topic: Topic
  nameOf: (entry: SupervisionEntryView) => string
  mayWrite: boolean
  isMine: boolean
  send: Sending
}

function TopicLines({ topic, nameOf, mayWrite, isMine, send }: TopicLinesProps) {
  const { t } = useSupervisionTexts()
  const language = useLanguage()
  const { entry, answers, isOpen, resolvedAt } = topic
  const [isAnswering, setAnswering] = useState(false)
  const about = entry.entryId
  return (
    <li className="supervision-topic">
      <Said entry={entry} name={nameOf(entry)} />
      {answers.map(answer => (
        <Said key={answer.entryId} entry={answer} name={nameOf(answer)} />
      ))}
      {isOpen === null ? null : (
        <div className="supervision-state">
          {isOpen ? (
            <Chip tone="warning">{t(answers.length === 0 ? 'thread.waiting' : 'thread.open')}</Chip>
          ) : (
            <Chip tone="success">
              {t('thread.resolved', { at: resolvedAt ? formatDateTime(resolvedAt, language) : '' })}
            </Chip>
          )}
          {mayWrite && isOpen && !isAnswering ? (
            <Button look="tertiary" size="small" onPress={() => setAnswering(true)}>
              {t('thread.answer')}
            </Button>
          ) : null}
          {mayWrite && isMine ? (
            <Button
              look="text"
              size="small"
              isPending={send.isPending}
              onPress={() => void send.now({ kind: isOpen ? 'resolved' : 'reopened', about })}
            >
              {t(isOpen ? 'thread.resolve' : 'thread.reopen')}
            </Button>
          ) : null}
        </div>
      )}
      {mayWrite && isOpen && isAnswering ? (
        <Compose
          label={t('thread.answerLabel')}
          autoFocus
          send={send}
          onSent={() => setAnswering(false)}
          onCancel={() => setAnswering(false)}
          buttons={[
            { words: t('thread.sendAnswer'), look: 'primary', line: text => ({ kind: 'answer', about, text }) },
          ]}
        />
      ) : null}
    </li>
  )
}

function Said({ entry, name }: { entry: SupervisionEntryView; name: string }) {
  const { t } = useSupervisionTexts()
  const language = useLanguage()
  return (
    <div className={`supervision-said is-${entry.kind}`}>
      <p className="supervision-by">
        <strong>{t(`thread.kind.${entry.kind}`)}</strong> · {name}{' '}
        <time className="quiet" dateTime={entry.at}>
          {formatDateTime(entry.at, language)}
        </time>
      </p>
      <p className="supervision-text">{entry.text}</p>
    </div>
  )
}

interface ComposeProps {
  label: string
  send: Sending
  buttons: readonly { words: string; look: 'primary' | 'secondary'; line: (text: string) => Line }[]
  autoFocus?: boolean
  onSent?: () => void
  onCancel?: () => void
}

function Compose({ label, send, buttons, autoFocus = false, onSent, onCancel }: ComposeProps) {
  const { t } = useSupervisionTexts()
  const [text, setText] = useState('')
  const words = text.trim()
  async function go(line: Line) {
    if (await send.now(line)) {
      setText('')
      onSent?.()
    }
  }
  return (
    <div className="supervision-compose">
      <TextField
        label={label}
        rows={3}
        value={text}
        onChange={setText}
        autoFocus={autoFocus}
        maxLength={SUPERVISION_TEXT_MAX}
      />
      <div className="row">
        {buttons.map(button => (
          <Button
            key={button.words}
            look={button.look}
            size="small"
            isDisabled={words === ''}
            isPending={send.isPending}
            onPress={() => void go(button.line(words))}
          >
            {button.words}
          </Button>
        ))}
        {onCancel ? (
          <Button look="text" size="small" onPress={onCancel}>
            {t('thread.cancel')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}

interface Sending {
  /** @returns whether it was written */
  now(line: Line): Promise<boolean>
  error: unknown
  isPending: boolean
}

/** Sends one line at a time. The same line sent again after a lost answer keeps its command, so it is written once. */
function useLines(write: (line: Line & { command: WriteSupervisionBody['command'] }) => Promise<void>): Sending {
  const { error, isPending, run } = useCommand()
  const unanswered = useRef<{ line: string; command: WriteSupervisionBody['command'] }>(undefined)
  return {
    error,
    isPending,
    async now(line) {
      const same = JSON.stringify(line)
      if (unanswered.current?.line !== same) {
        unanswered.current = { line: same, command: idFromBytes(crypto.getRandomValues(new Uint8Array(16))) }
      }
      const { command } = unanswered.current
      return run(async () => {
        await write({ ...line, command })
        unanswered.current = undefined
      })
    },
  }
}
