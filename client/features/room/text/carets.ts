/**
 * Other people's carets: a thin line, with the agency's short name while it moves and for two seconds after. The name is taken out of the
 * text's flow (`position: absolute` in room.css): a label that takes part in the line scrambles Hangul that is composed beside it.
 */
import { Plugin } from '@tiptap/pm/state'
import type { DecorationAttrs } from '@tiptap/pm/view'
import type { Awareness } from 'y-protocols/awareness'

export interface CaretLook {
  /** The agency's short name, or the person's name where there is none. */
  label: string
  color: string
  ink: string
}

const NAME_SHOWN_MS = 2_000

export function buildCaret(look: CaretLook, clientId: number): HTMLElement {
  const caret = document.createElement('span')
  caret.className = 'caret'
  caret.dataset.client = String(clientId)
  caret.setAttribute('aria-hidden', 'true')
  caret.style.borderColor = look.color
  const name = document.createElement('span')
  name.className = 'caret-name'
  name.style.background = look.color
  name.style.color = look.ink
  name.textContent = look.label
  caret.append(name)
  return caret
}

export function buildSelection(look: CaretLook): DecorationAttrs {
  // A quarter of the agency's colour: the text beneath stays readable.
  return { style: `background-color: ${look.color}40`, class: 'caret-selection' }
}

/** Shows a caret's name when its person moves, and takes it away again. */
export function caretMovements(awareness: Awareness): Plugin {
  return new Plugin({
    view: view => {
      const places = new Map<number, string>()
      const timers = new Map<number, ReturnType<typeof setTimeout>>()
      const find = (client: number) => view.dom.querySelectorAll(`.caret[data-client="${client}"]`)

      const show = (client: number) => {
        // After the caret itself has been drawn at its new place.
        requestAnimationFrame(() => {
          for (const caret of find(client)) caret.classList.add('is-moving')
        })
        clearTimeout(timers.get(client))
        timers.set(
          client,
          setTimeout(() => {
            timers.delete(client)
            for (const caret of find(client)) caret.classList.remove('is-moving')
          }, NAME_SHOWN_MS),
        )
      }
      const onChange = ({ added, updated, removed }: { added: number[]; updated: number[]; removed: number[] }) => {
        for (const client of removed) places.delete(client)
        for (const client of [...added, ...updated]) {
          if (client === awareness.clientID) continue
          const place = JSON.stringify(awareness.getStates().get(client)?.cursor ?? null)
          if (place === places.get(client)) continue
          places.set(client, place)
          show(client)
        }
      }
      awareness.on('change', onChange)
      return {
        destroy: () => {
          awareness.off('change', onChange)
          for (const timer of timers.values()) clearTimeout(timer)
        },
      }
    },
  })
}
