import type { ReactNode } from 'react'

/** A text with what was found in it marked. @param marks from and to, in their order, none over another */
export function Marked({ text, marks }: { text: string; marks: readonly (readonly [from: number, to: number])[] }) {
  const pieces: ReactNode[] = []
  let at = 0
  for (const [from, to] of marks) {
    pieces.push(text.slice(at, from), <mark key={from}>{text.slice(from, to)}</mark>)
    at = to
  }
  return (
    <>
      {pieces}
      {text.slice(at)}
    </>
  )
}
