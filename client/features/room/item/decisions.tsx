/** What was decided: kind, wording, and, where they matter, reason and condition. */
import { useCallback, useRef, useState } from 'react'
import { codesOf, DECISION_KINDS, type DecisionKind } from '../../../../shared/codes.ts'
import {
  addDecision,
  type DecisionEntry,
  decisionsOf,
  removeDecision,
  setDecisionField,
} from '../../../../shared/documents/item-document.ts'
import { type DecisionId, idFromBytes } from '../../../../shared/ids.ts'
import type { LinkState } from '../../../room/document-link.ts'
import { readDecisionKind } from '../../../room/read-promise.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { CloseIcon, PlusIcon } from '../../../ui/icons.tsx'
import { useNotices } from '../../../ui/notice.tsx'
import { Select } from '../../../ui/pickers.tsx'
import { useCodeSets } from '../../code-sets/use-code-sets.ts'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { randomBytes, useRoom } from '../room-context.tsx'
import { useTakesPromotion } from '../text/promotion-bus.tsx'
import { RichText } from '../text/rich-text.tsx'
import { UndoLine } from '../undo-line.tsx'
import { type Undoable, useShared, useUndoable } from '../use-shared.ts'

const DECISION_ROOTS = ['decisions']
/** Where the words name no kind: the most usual thing that a case conference decides. It is asked for at once. */
const USUAL_KIND: DecisionKind = 'assign_roles'

export function Decisions({ link, editable }: { link: LinkState; editable: boolean }) {
  const { t } = useRoomTexts()
  const { me } = useRoom()
  const notify = useNotices()
  const decisions = useShared(link.doc, DECISION_ROOTS, decisionsOf)
  const undoable = useUndoable(link.doc, DECISION_ROOTS)
  const { run } = undoable

  /** The one that I have just added by its button: I write it next. */
  const mine = useRef<DecisionId | null>(null)
  const add = useCallback(
    (text: string) => {
      const decision = {
        id: idFromBytes<DecisionId>(randomBytes()),
        kind: readDecisionKind(text) ?? USUAL_KIND,
        by: me.userId,
        at: new Date().toISOString(),
        text,
      }
      if (text === '') mine.current = decision.id
      run(t('decisions.added'), () => addDecision(link.doc, decision))
    },
    [link.doc, me.userId, run, t],
  )
  const take = useCallback(
    (words: string) => {
      add(words)
      notify(t('discussion.madeDecision'), 'info')
    },
    [add, notify, t],
  )
  useTakesPromotion('decision', editable ? take : null)

  return (
    <section className="item-part" data-place="decisions" aria-labelledby="decisions-title">
      <h3 className="part-title" id="decisions-title">
        {t('decisions.title')}
      </h3>
      {decisions.length === 0 ? (
        <p className="part-empty">{editable ? t('decisions.empty') : t('decisions.emptyReader')}</p>
      ) : null}
      <ol className="stack-small part-list">
        {decisions.map((decision, index) => (
          <Decision
            key={decision.id}
            decision={decision}
            number={index + 1}
            startsHere={decision.id === mine.current}
            link={link}
            editable={editable}
            undoable={undoable}
          />
        ))}
      </ol>
      <UndoLine undoable={undoable} />
      {editable ? (
        <Button look="tertiary" size="small" onPress={() => add('')}>
          <PlusIcon size={18} />
          {t('decisions.add')}
        </Button>
      ) : null}
    </section>
  )
}

interface DecisionProps {
  decision: DecisionEntry
  number: number
  startsHere: boolean
  link: LinkState
  editable: boolean
  undoable: Undoable
}

function Decision({ decision, number, startsHere, link, editable, undoable }: DecisionProps) {
  const { t } = useRoomTexts()
  const codes = useCodeSets()
  const [opened, setOpened] = useState<ReadonlySet<'reason' | 'condition'>>(new Set())
  const shows = (part: 'reason' | 'condition') => opened.has(part) || decision[part].length > 0
  return (
    <li className="decision" aria-label={t('decisions.number', { number })} data-testid="decision">
      <div className="decision-head">
        <span className="decision-number" aria-hidden="true">
          {number}
        </span>
        {editable ? (
          <Select
            label={t('decisions.kind', { number })}
            labelHidden
            width="medium"
            value={decision.kind ?? null}
            placeholder={t('decisions.chooseKind')}
            options={codesOf(DECISION_KINDS).map(kind => ({ id: kind, label: codes.label('decision_kind', kind) }))}
            onChange={kind =>
              undoable.run(t('decisions.changed'), () => setDecisionField(link.doc, decision.id, 'kind', kind))
            }
          />
        ) : (
          <strong>{decision.kind ? codes.label('decision_kind', decision.kind) : ''}</strong>
        )}
        {editable ? (
          <span className="row-tools">
            {(['reason', 'condition'] as const).map(part =>
              shows(part) ? null : (
                <Button key={part} look="text" size="small" onPress={() => setOpened(new Set([...opened, part]))}>
                  {part === 'reason' ? t('decisions.addReason') : t('decisions.addCondition')}
                </Button>
              ),
            )}
            <IconButton
              label={t('decisions.remove', { number })}
              onPress={() => undoable.run(t('decisions.removed'), () => removeDecision(link.doc, decision.id))}
            >
              <CloseIcon size={18} />
            </IconButton>
          </span>
        ) : null}
      </div>
      <RichText
        link={link}
        fragment={decision.text}
        field={`decision:${decision.id}`}
        label={t('decisions.wording', { number })}
        placeholder={t('decisions.wordingPlaceholder')}
        startsHere={startsHere}
        variant="line"
        editable={editable}
      />
      {(['reason', 'condition'] as const).map(part =>
        shows(part) ? (
          <div key={part} className="labelled-text">
            <span className="draft-label" aria-hidden="true">
              {t(`decisions.${part}`)}
            </span>
            <RichText
              link={link}
              fragment={decision[part]}
              field={`${part}:${decision.id}`}
              label={t(`decisions.${part}Field`, { number })}
              placeholder={t(`decisions.${part}Placeholder`)}
              variant="line"
              editable={editable}
            />
          </div>
        ) : null,
      )}
    </li>
  )
}
