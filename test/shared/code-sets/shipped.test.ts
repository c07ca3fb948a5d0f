/** The code sets as they are shipped: whole, bilingual, without a hole. */
import { expect, test } from 'vitest'
import { CODE_ENTRIES_MAX, faultsOfNext } from '../../../shared/code-sets/code-sets.ts'
import { NEED_ITEMS, NEED_SUBDOMAINS } from '../../../shared/code-sets/needs.ts'
import { CODE_SET_NAMES, isCodeSetName, shippedSet } from '../../../shared/code-sets/shipped.ts'
import { codesOf, NEED_DOMAINS } from '../../../shared/codes.ts'

test.for(CODE_SET_NAMES)('[CO8] the shipped %s is a version that could be published', name => {
  const { entries, heading, isHeadingOptional = false } = shippedSet(name)
  const headings = isCodeSetName(heading) ? shippedSet(heading).entries.map(({ code }) => code) : undefined
  const faults = faultsOfNext(entries, entries, { isFixed: false, headings, isHeadingOptional })
  expect(faults).toEqual([{ fault: 'unchanged' }])
  expect(entries.length).toBeLessThan(CODE_ENTRIES_MAX)
  for (const { ko, en, of } of entries) {
    expect(ko).toMatch(/[가-힣]/)
    expect(en).toMatch(/^[A-Z]/)
    if (headings !== undefined && !isHeadingOptional) expect(headings).toContain(of)
  }
})

test('every need domain has its subdomains, and all but the last have items', () => {
  for (const domain of codesOf(NEED_DOMAINS)) {
    const subdomains = codesOf(NEED_SUBDOMAINS).filter(code => NEED_SUBDOMAINS[code].domain === domain)
    expect(subdomains.length).toBeGreaterThan(0)
    for (const subdomain of subdomains) {
      const items = codesOf(NEED_ITEMS).filter(code => NEED_ITEMS[code].subdomain === subdomain)
      if (domain !== 'other') expect([subdomain, items.length]).toEqual([subdomain, expect.toSatisfy(n => n > 1)])
    }
  }
})
