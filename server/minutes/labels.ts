/** The words of codes in one version of the minutes, or in the draft (CODE-SETS.md CO9). */
import { labelAt } from '../../shared/code-sets/code-sets.ts'
import type { CodeSetName, CodeVersions } from '../../shared/code-sets/shipped.ts'
import { CASE_STAGES, codesOf, DECISION_KINDS, type Label, NEED_DOMAINS } from '../../shared/codes.ts'
import { type MinutesLabels, SETS_IN_MINUTES } from '../../shared/minutes/minutes-labels.ts'
import { type CodeSetsNow, versionsOf } from '../code-sets/code-sets.ts'

/** What a version keeps when it is made. */
export const codesOfVersion = (now: CodeSetsNow): CodeVersions => versionsOf(now, SETS_IN_MINUTES)

/** @param codes of the version; one of the time before they were kept has none and is called as shipped. Of a draft: {@link codesOfVersion} of now */
export function labelsAt(now: CodeSetsNow, codes: CodeVersions = {}): MinutesLabels {
  const named = <T extends Record<string, Label>>(set: CodeSetName, shipped: T) =>
    Object.fromEntries(
      codesOf(shipped).map(code => [code, labelAt(now.versions(set), code, codes[set] ?? 1) ?? shipped[code]]),
    ) as Record<keyof T & string, Label>
  return {
    needs: named('need_domain', NEED_DOMAINS),
    decisions: named('decision_kind', DECISION_KINDS),
    stages: named('case_stage', CASE_STAGES),
  }
}
