/**
 * DOMAIN §11.3 in browsers, from the first sign to the last contact: 중앙동 and 노인복지관 manage one household together, each acknowledging selection, plan
 * and closure (the selection after it has differed), and the city's team takes the lead over when the case has become a hard one. Each act is one test
 * and begins where the one before ended. `DURE_PICTURES` names a folder for pictures of every step.
 */
import { beforeAll, test } from 'vitest'
import { demoInBrowser } from '../support/demo-in-browser.ts'
import { describeInBrowser } from '../support/in-browser.ts'
import * as acts from '../support/scenario-3.ts'
import { expectNoComplaints } from '../support/scenario-people.ts'

/** Meetings of three agencies and a whole plan take minutes where many tests share a machine. */
const ACT_MS = 600_000

describeInBrowser('joint case management from finding to aftercare', () => {
  const demo = demoInBrowser()
  let cast: acts.Cast
  let story: acts.Story
  beforeAll(async () => {
    cast = {
      team: await demo.person('jungang.team'),
      finder: await demo.person('jungang.case'),
      centre: await demo.person('senior.case'),
      city: await demo.person('muhan.case'),
    }
  })

  test('[TR7] [TR8] a household is written down by hand and becomes a case at its finding', async () => {
    story = await acts.finds(cast)
  })
  test('[BS16] the other agency is asked to manage it together, and sees nothing yet', () =>
    acts.asksTogether(cast, story))
  test('the first interview is held, its sheet is there, and the registration starts the clocks', () =>
    acts.interviews(cast, story))
  test('[LR-24] [LR-35] the household’s paper opens the case to the agency that it names', () =>
    acts.agrees(cast, story))
  test('[CJ1] both write down what is needed, and agree who answers for what', () => acts.assesses(cast, story))
  test('[CL2] a conference of both selects the household', () => acts.selects(cast, story), ACT_MS)
  test('[CJ2] [CJ3] the other agency differs in words, and the selection stands meanwhile', () =>
    acts.dissents(cast, story))
  test('[CJ1] [CJ3] who does what is agreed anew, and it acknowledges', () => acts.agreesAnew(cast, story))
  test(
    '[LR-40] [CL4] the plan is not gone to before it says what the law asks of it',
    () => acts.plans(cast, story),
    ACT_MS,
  )
  test('they visit together and look after what is given', () => acts.delivers(cast, story))
  test('[CL4] a new need is looked at anew', () => acts.reassesses(cast, story))
  test('[CE1] it has become a hard case, and the city’s team comes on it by its task', () =>
    acts.becomesHard(cast, story))
  test('[CJ4] [CJ5] [CJ6] the city takes over the lead by its acceptance, and the dong stays and sees the case', () =>
    acts.handsOver(cast, story))
  test(
    '[CL4] [CJ2] all three close it: a decision, an evaluation, an acknowledgement of each',
    () => acts.closes(cast, story),
    ACT_MS,
  )
  test('[CE3] [CL5] it is looked after, ends, and is taken up again only with a reason', () =>
    acts.looksAfter(cast, story))

  test('no page complained', () => {
    // The other agency asked for a case that it could not see yet.
    expectNoComplaints(Object.values(cast))
  })
})
