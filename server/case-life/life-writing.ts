/** How every change of a case's life is made and written: one write with its record of access, only ever adding (LIFE.md CL6, CL10). */
import { type CaseLife, emptyLife } from '../../shared/cases/case-life.ts'
import type { CaseStage } from '../../shared/codes.ts'
import type { UserId } from '../../shared/ids.ts'
import { LIFE_ENTRIES_MAX } from '../../shared/protocol/case-life.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import type { AdmittedCase } from '../conferences/admission.ts'
import type { LifeFields, LifeWords, OpenedLife } from '../conferences/case-repository.ts'
import { commit } from '../conferences/commit.ts'
import type { By } from '../conferences/ports.ts'
import { caseObject } from './life-admission.ts'
import type { LifeParts } from './ports.ts'

/** What a command makes of a case's life. */
export interface LifeChange {
  /** Of the record of access: `noun.verb`, and a code that says more. */
  action: string
  code: string
  stage?: CaseStage
  life: Partial<CaseLife>
  words: LifeWords
  agencies?: LifeFields['agencies']
}

/** What every step is made with. */
export interface LifeContext {
  parts: LifeParts
  by: By
  opened: OpenedLife
  /** An id, who, when: the beginning of each entry. */
  done: { id: string; by: UserId; at: string }
  today: string
}

export async function openedAt(parts: LifeParts, { file }: AdmittedCase): Promise<OpenedLife> {
  const opened = await parts.cases.openLife(file._id)
  if (opened === undefined) throw new Refusal('conflict')
  return opened
}

export function contextOf(parts: LifeParts, by: By, opened: OpenedLife): LifeContext {
  const at = new Date(parts.now()).toISOString()
  return {
    parts,
    by,
    opened,
    done: { id: parts.newId<string>(), by: by.actor.userId, at },
    today: dayInSeoul(parts.now()),
  }
}

export async function writeLife({ parts, by, opened }: LifeContext, change: LifeChange): Promise<OpenedLife> {
  const { file } = opened
  const life: CaseLife = { ...emptyLife(), ...file.life, ...change.life }
  if (Object.values(life).some(list => Array.isArray(list) && list.length > LIFE_ENTRIES_MAX)) {
    throw new Refusal('too-large', 'life-full')
  }
  const written = await commit(parts, by, {
    action: change.action,
    subject: file._id,
    object: caseObject(file._id),
    reason: change.code,
    write: () =>
      parts.cases.updateLife(opened, {
        stage: change.stage ?? file.stage,
        life,
        words: { ...opened.words, ...change.words },
        ...(change.agencies && { agencies: change.agencies }),
      }),
    announces: () => (change.agencies ? [`case:${file._id}`] : []),
  })
  parts.documents.notify(caseObject(file._id), 'case')
  return written
}
