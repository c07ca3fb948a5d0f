/** What is said once a paper was entered: never that somebody sees the case who does not. */
import { expect, test } from 'vitest'
import { enteredFor } from '../../../client/features/bases/paper-words.ts'
import type { BasisStanding } from '../../../shared/bases/basis-codes.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import type { AgencyBasisView } from '../../../shared/protocol/bases.ts'

const id = (name: string) => name.padEnd(22, '_') as AgencyId
const row = (name: string, standing: BasisStanding): AgencyBasisView => ({
  agencyId: id(name),
  name,
  shortName: name,
  colour: 0,
  public: true,
  role: 'co_managing',
  standing,
  basis: 'public_task',
  sensitive: standing !== 'lacks_sensitive',
  until: null,
  proposed: 'public_task',
  clearedIn: [],
})
const said = (rows: AgencyBasisView[], receivers = rows.map(one => one.agencyId)) => {
  const { words, shut } = enteredFor({ agencies: rows }, receivers)
  return [words, shut.map(one => one.name)]
}

test('[BS2] [BS7] an agency whose law lacks the sensitive part is named as one that sees nothing, and not as one that does', () => {
  expect(said([row('muhan', 'in_force'), row('council', 'lacks_sensitive')])).toEqual(['savedShut', ['council']])
  expect(said([row('muhan', 'in_force'), row('council', 'ending')])).toEqual(['savedOpen', []])
  for (const standing of ['not_begun', 'refused', 'expired'] as const) {
    expect(said([row('muhan', standing)])).toEqual(['savedShut', ['muhan']])
  }
})

test('[BS11] what waits for a second person says so; a paper that names nobody says nothing of anybody', () => {
  expect(said([row('muhan', 'waiting')])).toEqual(['savedWaiting', ['muhan']])
  expect(said([row('muhan', 'waiting'), row('council', 'lacks_sensitive')])[0]).toBe('savedShut')
  expect(said([row('muhan', 'lacks_sensitive')], [])).toEqual(['saved', []])
  // Somebody else’s row is nothing to this paper.
  expect(said([row('muhan', 'in_force'), row('council', 'withdrawn')], [id('muhan')])).toEqual(['savedOpen', []])
})
