/**
 * A handler that gives a command and answers with what is to be seen after it: most routes that change something are that.
 * What the command resolves with goes to the view, which may need it or not.
 */
export function command<Call, Facts, Given>(
  give: (call: Call, facts: NoInfer<Facts>) => Promise<NoInfer<Given>>,
  show: (call: NoInfer<Call>, facts: Facts, given: Given) => Promise<object>,
): (call: Call, facts: Facts) => Promise<object> {
  return async (call, facts) => show(call, facts, await give(call, facts))
}
