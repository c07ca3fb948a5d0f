/** One body of each command that its schema accepts. A new command without a sample does not compile. */
import type { CommandBody, CommandName } from '../../../../shared/protocol/live-channel.ts'
import { CONFERENCE } from './meetings-double.ts'

const sample = <T extends string>(letter: string) => letter.repeat(22) as T
type Rest<Name extends CommandName> = Omit<CommandBody<Name>, 'conferenceId' | 'commandId'>

const key = sample<CommandBody<'attendance.remove'>['key']>('k')
const itemId = sample<CommandBody<'item.finish'>['itemId']>('i')
const readBackId = sample<CommandBody<'read-back.cancel'>['readBackId']>('r')
const userId = sample<CommandBody<'chair.hand-over'>['to']>('u')
const agencyId = sample<CommandBody<'attendance.add'>['agencyId']>('a')
const cardId = sample<CommandBody<'cards.remove'>['cardId']>('c')
const groupId = sample<CommandBody<'cards.name-group'>['groupId']>('g')
const voteId = sample<CommandBody<'vote.close'>['voteId']>('v')
const hash = 'f'.repeat(64)

const RESTS: { readonly [Name in CommandName]: Rest<Name> } = {
  'attendance.announce': { mode: 'remote', statement: true, deputyFor: '' },
  'attendance.leave': {},
  'attendance.enter': { entries: [{ key, mode: 'in_person' }], statement: true },
  'attendance.add': { name: '김도움', agencyId, title: '통장', role: 'attendee', mode: 'in_person', statement: true },
  'attendance.remove': { key },
  'attendance.confirm': { keys: [key] },
  'attendance.depart': { key },
  'attendance.leaves-at': { key, at: '15:30' },
  'chair.take': {},
  'chair.hand-over': { to: userId },
  'pointer.move': { itemId, place: 'decisions' },
  'item.finish': { itemId },
  'item.defer': { itemId },
  'item.reopen': { itemId },
  'feature.switch': { feature: 'timer', on: true },
  'quorum.go-on': { itemId, reason: '한 기관이 곧 온다고 알려 왔다' },
  'quorum.choose': { choice: 'three_agencies' },
  'deferral.note': { itemId, kind: 'no_time', reason: '다음 회의에서 먼저 다룬다', retable: true },
  'vote.open': { itemId, question: '검사비를 지원한다' },
  'vote.cast': { itemId, voteId, voter: agencyId, choice: 'for' },
  'vote.close': { itemId, voteId },
  'speech.request': { key },
  'speech.withdraw': { key },
  'speech.give': { key },
  'speech.end': {},
  'recusal.begin': { itemId, userId, kind: 'withdrawal' },
  'recusal.end': { itemId, userId },
  'read-back.open': { itemId },
  'read-back.cancel': { itemId, readBackId },
  'read-back.answer': { itemId, readBackId, hash, agencyId, position: 'agrees', words: '' },
  'read-back.confirm': { itemId, readBackId, hash },
  'cards.add': { itemId, text: '이웃이 아침마다 들른다' },
  'cards.change': { itemId, cardId, text: '이웃이 저녁마다 들른다' },
  'cards.remove': { itemId, cardId },
  'cards.hide': { itemId },
  'cards.reveal': { itemId },
  'cards.group': { itemId, cardId, groupId, title: '이웃' },
  'cards.name-group': { itemId, groupId, title: '동네' },
  'meeting.close': { reason: '나머지는 다음 회의에서 다룬다' },
}

let made = 0

/** A valid body, with a new id of its own. */
export function bodyOf(name: CommandName): Record<string, unknown> {
  made++
  return { conferenceId: CONFERENCE, commandId: `command${String(made).padStart(15, '0')}`, ...RESTS[name] }
}
