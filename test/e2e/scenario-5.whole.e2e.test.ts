/**
 * Scenario 5 of DOMAIN §11 whole: a dong recommends a household to three agencies in four browsers of theirs, each answers under its own rule, one declines;
 * the answers go back by themselves and lie with the household's item in the next meeting, help is given regularly, watched, and ended.
 */
import { beforeAll, expect, test } from 'vitest'
import { demoInBrowser } from '../support/demo-in-browser.ts'
import { describeInBrowser } from '../support/in-browser.ts'
import {
  answer,
  asks,
  type Cast,
  ends,
  finds,
  gives,
  hears,
  printsReply,
  type Story,
  sends,
} from '../support/scenario-5.ts'

describeInBrowser('scenario 5: a dong recommends, three reply under their own rules', () => {
  const demo = demoInBrowser()
  let cast: Cast
  let story: Story
  /** What was asked of the server and not given, by whom. */
  const refused: string[] = []
  beforeAll(async () => {
    const person = async (login: string) => {
      const one = await demo.person(login)
      one.page.on('response', response => {
        if (response.status() >= 400) refused.push(`${login} ${response.status()} ${new URL(response.url()).pathname}`)
      })
      return one
    }
    cast = {
      team: await person('saengyeon.team'),
      finder: await person('saengyeon.case'),
      senior: await person('senior.case'),
      centre: await person('council.case'),
      charity: await person('angel.case'),
    }
  })

  test('the household is found and its needs are written down', async () => {
    story = await finds(cast)
  })
  test('[RF18] [RF12] the directory is searched by need; one request for three begins with what the case says', () =>
    asks(cast, story))
  test('[RF3] [RF5] [LR-35] nothing leaves without a ground, and each sees what was chosen', () => sends(cast, story))
  test('[RF9] one accepts with a day, one declines with its reason', () => answer(cast))
  test('[RF17] the answers lie with the item in the next meeting, the third comes while it is heard', () =>
    hears(cast, story))
  test('[AL5] [AL7] help is given week by week and ticked off; the same help twice is told before', () =>
    gives(cast, story))
  test('[RF16] the reply is printed with its purpose', () => printsReply(cast))
  test('it is watched, completed and ended, and nothing complained on any screen', async () => {
    await ends(cast, story)
    // Between the opening of a meeting and the statement its items are closed even to who prepared them: the room may ask once for what it showed before.
    const unexpected = refused.filter(
      one => !/ 404 \/api\/conferences\/[^/]+\/items\/[^/]+\/(comments|papers|referrals)$/.test(one),
    )
    const said = Object.values(cast).flatMap(({ errors }) => errors)
    expect([unexpected, said.filter(words => !words.includes('status of 404'))]).toEqual([[], []])
    expect(said).toHaveLength(refused.length)
  })
})
