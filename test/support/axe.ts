/** What axe can find of serious and critical faults on a screen. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

export interface Fault {
  rule: string
  /** The beginning of each element that has it. */
  where: string[]
}

export async function faultsOf(page: Page): Promise<Fault[]> {
  const { violations } = await new AxeBuilder({ page })
    // Where the component library reads a button's "busy" to screen readers: it names the button, keeps the words for seven seconds, and the
    // button may be gone by then.
    .exclude('[data-live-announcer]')
    // We have no frames of other origins, and nobody reads what is in order: a quarter of the time with the same findings.
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({ rule: id, where: nodes.map(node => node.html.slice(0, 160)) }))
}

/** A fault is what stays: what is still coming on to the screen on a slow machine is looked at again. */
export async function expectNoFaults(page: Page): Promise<void> {
  await expect.poll(() => faultsOf(page), { timeout: 60_000, interval: 1_000 }).toEqual([])
}
