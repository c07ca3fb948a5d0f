/** What a case is called that a found household becomes: a number that goes on from the last, and a label that does not say the whole name. */

/** 2026-031 → 2026-032; without a figure at its end the same again, so that the server asks for another. */
export function numberAfter(number: string, steps: number): string {
  const end = /\d+$/.exec(number)?.[0]
  if (end === undefined) return number
  return number.slice(0, -end.length) + String(Number(end) + steps).padStart(end.length, '0')
}

/** 김말순 → 김○○ 가구; a name of another script keeps its first letter. */
export function labelOf(name: string): string {
  const [first = ''] = [...name.trim()]
  return `${first}○○ 가구`
}
