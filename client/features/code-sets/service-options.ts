import { isService, type Service } from '../../../shared/code-sets/services.ts'
import type { CodesOnScreen } from './codes-on-screen.ts'

/** The services that may be chosen, and the one that a record holds although it is not used any more. */
export function serviceOptions(codes: CodesOnScreen, kept?: Service): { id: Service; label: string }[] {
  const offered = codes.options('service', kept === undefined ? {} : { kept })
  return offered.flatMap(({ id, label }) => (isService(id) ? [{ id, label }] : []))
}
