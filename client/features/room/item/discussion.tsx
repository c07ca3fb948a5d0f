/** The discussion: one text for all, from which sentences become decisions and action items. */
import { useMemo, useRef } from 'react'
import type * as Y from 'yjs'
import { decisionsOf, discussionOf } from '../../../../shared/documents/item-document.ts'
import { plainTextOf } from '../../../../shared/documents/rich-text.ts'
import type { LinkState } from '../../../room/document-link.ts'
import { Button } from '../../../ui/button.tsx'
import { useNotices } from '../../../ui/notice.tsx'
import { useShortcut } from '../follow/shortcuts.tsx'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { useRoomState } from '../room-context.tsx'
import type { Became } from '../text/became.ts'
import type { Promotion } from '../text/keys.ts'
import { usePromotion } from '../text/promotion-bus.tsx'
import { RichText, type RichTextHandle } from '../text/rich-text.tsx'
import { useShared } from '../use-shared.ts'
import { useActionWords } from './use-action-words.ts'

const DECISION_ROOTS = ['decisions']
const decisionWords = (doc: Y.Doc) => decisionsOf(doc).map(decision => plainTextOf(decision.text))

export function Discussion({ link, editable }: { link: LinkState; editable: boolean }) {
  const { t } = useRoomTexts()
  const offer = usePromotion()
  const notify = useNotices()
  const state = useRoomState()
  const handle = useRef<RichTextHandle>(null)
  const fragment = useMemo(() => discussionOf(link.doc), [link.doc])
  const decisions = useShared(link.doc, DECISION_ROOTS, decisionWords)
  const actions = useActionWords(state.actions)
  const became = useSame<readonly Became[]>([
    ...decisions.map((text, index) => ({ text, label: t('discussion.becameDecision', { number: index + 1 }) })),
    ...actions.map((text, index) => ({ text, label: t('discussion.becameAction', { number: index + 1 }) })),
  ])
  const promote = (to: Promotion, words: string) => {
    if (words === '') notify(t('discussion.nothing'), 'info')
    else offer(to, words)
  }
  useShortcut({
    code: 'KeyD',
    label: t('discussion.write'),
    isDisabled: !editable,
    run: () => handle.current?.write(),
  })
  return (
    <section className="item-part" data-place="discussion" aria-labelledby="discussion-title">
      <div className="part-head">
        <h3 className="part-title" id="discussion-title">
          {t('discussion.title')}
        </h3>
        {editable ? (
          <div className="part-tools">
            <Button
              look="tertiary"
              size="small"
              preventFocusOnPress
              aria-keyshortcuts="Control+Enter"
              onPress={() => promote('decision', handle.current?.words() ?? '')}
            >
              {t('discussion.toDecision')}
            </Button>
            <Button
              look="tertiary"
              size="small"
              preventFocusOnPress
              aria-keyshortcuts="Control+Shift+Enter"
              onPress={() => promote('action', handle.current?.words() ?? '')}
            >
              {t('discussion.toAction')}
            </Button>
          </div>
        ) : null}
      </div>
      <RichText
        link={link}
        fragment={fragment}
        field="discussion"
        label={t('discussion.title')}
        placeholder={t('discussion.placeholder')}
        variant="block"
        editable={editable}
        toolbar
        became={became}
        onPromote={promote}
        handle={handle}
      />
    </section>
  )
}

/** The same object while it says the same, so that the editor is only told of real changes. */
function useSame<T>(value: T): T {
  const text = JSON.stringify(value)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is the value
  return useMemo(() => value, [text])
}
