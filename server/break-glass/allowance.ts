import type { AgencyId } from '../../shared/ids.ts'
import type { BreakGlassParts } from './ports.ts'

/** What an agency allows now: nothing without a privacy officer (BG2). */
export async function allowanceOf(parts: Pick<BreakGlassParts, 'openings' | 'staffOf'>, agencyId: AgencyId) {
  const [settings, staff] = await Promise.all([parts.openings.settings(agencyId), parts.staffOf(agencyId)])
  const officers = staff.filter(person => person.role === 'privacy_officer').map(person => person.userId)
  const isOn = officers.length > 0
  return { ...settings, own: settings.own && isOn, others: settings.others && isOn, officers }
}
