/** The months and quarters that can be chosen, the present one first. */

/** @param today in Seoul, `2026-11-24` @returns `2026-11`, `2026-10`, … */
export function lastMonths(today: string, count: number): string[] {
  const [year = 0, month = 0] = today.split('-').map(Number)
  return Array.from({ length: count }, (_, back) => {
    const at = year * 12 + (month - 1) - back
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
  })
}

/** @param today in Seoul, `2026-11-24` @returns `2026-4`, `2026-3`, … */
export function lastQuarters(today: string, count: number): string[] {
  const [year = 0, month = 0] = today.split('-').map(Number)
  return Array.from({ length: count }, (_, back) => {
    const at = year * 4 + Math.ceil(month / 3) - 1 - back
    return `${Math.floor(at / 4)}-${(at % 4) + 1}`
  })
}
