/** Whether this person is in the middle of something: writing, composing a syllable, deciding in a dialog. */
import { TYPED_LATELY_MS } from './follow-rules.ts'

export interface TypingWatch {
  isBusy(): boolean
  close(): void
}

/** What is typed in a dialog is finished with the dialog: while it is open it holds the screen, afterwards nothing of it does. */
const isEditable = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select')) &&
  target.closest('[role=dialog], [role=alertdialog]') === null

/** @param page where to listen; the whole document, because fields stand in dialogs as well */
export function watchTyping(page: Document): TypingWatch {
  let typedAt = Number.NEGATIVE_INFINITY
  let isComposing = false
  const typed = () => {
    typedAt = performance.now()
  }
  const onInput = (event: Event) => {
    if (isEditable(event.target)) typed()
  }
  const onKey = (event: KeyboardEvent) => {
    // Moving the caret is writing too; a chord of the meeting is not.
    if (isEditable(event.target) && !(event.ctrlKey && event.altKey)) typed()
  }
  const onCompose = () => {
    isComposing = true
    typed()
  }
  const onComposed = () => {
    isComposing = false
    typed()
  }
  const listeners = [
    ['input', onInput],
    ['keydown', onKey],
    ['compositionstart', onCompose],
    ['compositionend', onComposed],
  ] as const
  for (const [name, listener] of listeners) page.addEventListener(name, listener as EventListener, true)
  return {
    isBusy() {
      // An editor that went away in the middle of a syllable never said that it ended.
      if (isComposing && !isEditable(page.activeElement)) isComposing = false
      if (isComposing || performance.now() - typedAt < TYPED_LATELY_MS) return true
      return page.querySelector('[role=dialog], [role=alertdialog]') !== null
    },
    close() {
      for (const [name, listener] of listeners) page.removeEventListener(name, listener as EventListener, true)
    },
  }
}
