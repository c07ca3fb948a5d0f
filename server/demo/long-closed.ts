/** Two households that were helped long ago, for the desk of keeping and destroying: the time of one is over, of the other by its consent alone. Made up (합성). */
import type { Stage } from './stage.ts'

const DAY_MS = 86_400_000

export async function stageLongClosed(stage: Stage): Promise<void> {
  const daysSince = (day: string) => Math.round((stage.now.getTime() - Date.parse(`${day}T03:00:00Z`)) / DAY_MS)
  const common = {
    stage: 'closed',
    route: 'case_manager_outreach',
    lead: 'muhan',
    coManaging: ['council'],
    workers: ['muhan.case', 'council.case'],
  } as const
  await stage.case({
    ...common,
    name: 'muhan-oh',
    number: '2018-044',
    label: '오○○ 어르신 가구',
    foundDaysAgo: daysSince('2018-02-05'),
    enteredDaysAgo: daysSince('2019-05-20'),
  })
  await stage.case({
    ...common,
    name: 'muhan-seo',
    number: '2020-007',
    label: '서○○ 가구',
    foundDaysAgo: daysSince('2020-01-20'),
    enteredDaysAgo: daysSince('2021-03-10'),
  })
}
