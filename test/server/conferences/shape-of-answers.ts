/** Everything of an answer that somebody outside could tell it from another by, but for what is different in any two: its moment and its own number. */
import type { Answer } from '../../support/app-under-test.ts'

export interface Shape {
  status: number
  /** Names in the order sent, with their values. */
  headers: [string, unknown][]
  text: string
}

export function shapeOf({ status, headers, text }: Answer): Shape {
  const own = /"requestId":"[\w-]{12}"/
  return {
    status,
    headers: Object.entries(headers).map(([name, value]) => [name, name === 'date' ? 'now' : withoutNonce(value)]),
    // Of one length always, so that the whole has one length, too.
    text: text.replace(own, '"requestId":"…"'),
  }
}

const withoutNonce = (value: unknown) =>
  typeof value === 'string' ? value.replace(/'nonce-[^']{24}'/g, "'nonce-…'") : value
