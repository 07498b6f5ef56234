/** What a full answer still needs, as the contract names it. */
import { isNum } from '../term/term.ts'
import { arraysOf, some, symbolsOf } from '../term/walk.ts'
import { argued } from './argued.ts'
import { foreign, unknownsIn } from './decide.ts'
import { crossing } from './estimate-samples.ts'
import { flat } from './judge-maximum.ts'
import { omitted, tiedNames } from './omitted.ts'
import type { Missing } from './report.ts'
import type { Memory } from './ruling.ts'
import { type Side, type Statement, unhatted } from './statement.ts'
import { derivationOf } from './trail.ts'
import { uncovered } from './uncovered.ts'

/** @param require only these are asked for; all of them unless told */
export const completeness = (m: Memory, require?: readonly Missing[]): readonly Missing[] => {
  const r = m.reference
  const found = new Set<Missing>(m.missing)
  const open = m.estimates.filter(e => leavesMultiplier(m, e))
  const stated = new Set(m.estimates.flatMap(e => (open.includes(e) ? [] : [e.parameter])))
  const equations = implicit(m)
  if (
    stated.size === 0 &&
    !equations &&
    !everyOne(m) &&
    !isMedian(m) &&
    !m.claims.some(c => c.claim === 'no-maximum' || (c.claim === 'boundary' && saysWhichEnd(m)))
  )
    found.add('estimate')
  else if (r.unknowns.length > 1 && r.unknowns.some(u => !stated.has(u) && !leftOver(m, u, stated) && !inWords(m, u)))
    if (!equations || r.unknowns.some(u => !stated.has(u) && eliminated(m, u))) found.add('other-parameter')
  if ((stated.size > 0 || found.has('estimate')) && !argued(m)) found.add('second-order')
  const cut = m.relaxed && m.cases.length > 0 ? undefined : uncovered(m)
  if (cut) found.add('boundary')
  // a joint inequality that binds for such samples
  if (cut && crossing(r)) found.add('constraint')
  for (const k of omitted(m)) found.add(k)
  const [first] = open
  if (first && stated.size === 0 && !m.lines.some(l => l.line >= first.line && bindsMultiplier.test(l.source))) found.add('constraint')
  return [...found].filter(k => !require || require.includes(k))
}

/** "θ is chosen as small as possible" is an answer where it is said how small that is: an end of Θ, or an order statistic. */
const saysWhichEnd = (m: Memory): boolean => !m.reference.moving || orderStatistic.test(m.text)
const orderStatistic =
  /\b(?:largest|smallest|biggest|greatest|least|highest|lowest|extreme|first|last)\b[^.;]{0,12}\b(?:observ\w*|values?|data\w*|points?|x|one)\b|\\?\b(?:max|min)(?:imum|ima)?\b|_\{?\(|[₍(][1nN][₎)]|\bend ?points?\b|\bboundary\b|\bextremes?\b/i

/** p_j = f_j/ν where nothing says what ν is: a constraint ties the parameters, and was not used to find its multiplier. */
const leavesMultiplier = (m: Memory, e: Memory['estimates'][number]): boolean =>
  tiedNames(m.reference).length > 0 && foreign(m.reference, e.term).some(n => multiplier.test(n))
const multiplier = /^(?:lambda|mu|nu|eta|kappa|gamma|alpha|beta|rho|tau|xi|delta|phi|psi|omega|[cCkKL])$/

const bindsMultiplier = /\bsums?\b|\badds?\b|\badding\b|\btotal|constraint|normali[sz]|=\s*1\b(?![\s,;\\]*(?:\.\.|…|\\[a-z]*dots))/i

const numerically = /numerical|no closed[- ]form|no explicit|iterat|newton|digamma|inverse function/i
const rootOf =
  /(?:root|solution) (?:of|to)\b|\bsolves\b|(?:exactly|precisely|just|only) (?:one|a single) (?:\w+ )?(?:root|solution|zero)|\bunique (?:\w+ )?(?:root|solution|zero)/i

/** The estimate is said to be the root of an equation that was found and that nobody can solve in closed form. */
const implicit = (m: Memory): boolean =>
  (numerically.test(m.text) || (rootOf.test(m.text) && !isSolvable(m))) &&
  (m.equations.some(e => e.right) || m.said.some(s => s.role === 'score' && s.right))

/** A formula without a root is what the equation is solved by: to name the equation is not enough. */
const isSolvable = (m: Memory): boolean => {
  const answer = m.reference.unknowns.length === 1 ? derivationOf(m.reference)?.answer : undefined
  const value = answer?.parameters[m.reference.unknowns[0] as string]?.estimator
  return (
    answer?.outcome === 'interior' &&
    value !== undefined &&
    value !== null &&
    value.size < 25 &&
    !some(value, t => t.kind === 'pow' && isNum(t.exponent) && t.exponent.value.den !== 1n)
  )
}

/** Where an equation in other parameters alone was found: whether none was solved for this one. */
const eliminated = (m: Memory, u: string): boolean => {
  const r = m.reference
  const right = m.equations.filter(e => e.right).map(e => e.equation)
  const alone = right.some(e => {
    const names = unknownsIn(r, e)
    return names.length > 0 && !names.includes(u)
  })
  return alone && !right.some(e => unknownsIn(r, e).join() === u) && !m.statements.some(s => isSolvedFor(m, s, u))
}

/** û = …, b = a/x̄, e^â = …: a relation with the parameter, and no other, on one of its sides alone; whatever became of it. */
const isSolvedFor = (m: Memory, s: Statement, u: string): boolean => {
  if (s.what.kind !== 'relation') return false
  const { left, right } = s.what
  const namesIn = (side: Side): readonly string[] =>
    side.kind === 'quantity'
      ? side.quantity.kind === 'estimator'
        ? [side.quantity.parameter]
        : m.reference.unknowns
      : side.kind === 'term'
        ? m.reference.unknowns.filter(n => [...symbolsOf(side.term), ...arraysOf(side.term)].some(t => (unhatted(t) ?? t) === n))
        : []
  const [one, other] = [namesIn(left), namesIn(right)]
  return (one.join() === u && !other.includes(u)) || (other.join() === u && !one.includes(u))
}

/** "Every t between … is an MLE", where the top of the likelihood is flat. */
const everyOne = (m: Memory): boolean => /\b(?:any|every|all|each)\b[^.]*(?:estimat|mle|maximi)/i.test(m.text) && flat(m.reference)

/** "At a median ĉ": an estimate that is said in words. */
const inWords = (m: Memory, u: string): boolean =>
  /median/i.test(m.text) &&
  m.statements.some(s => 'kind' in s.what && new RegExp(`hat\\s*\\{?\\s*\\\\?${u}\\b|${u}(?:_hat|hat\\b|\u0302)`).test(m.text))

/** "The MLE is the sample median", where ℓ has kinks. */
const isMedian = (m: Memory): boolean =>
  m.reference.unknowns.length === 1 &&
  /\b(?:mle|estimat\w+|maximi[sz]er)\b[^.;]*\bmedian\b|\bmedian\b[^.;]*\b(?:mle|estimat\w+|maximi[sz]\w+)\b/i.test(m.text) &&
  some(m.reference.ell, t => t.kind === 'fn' && t.name === 'abs')

/** A parameter that a constraint determines when the others are known. */
const leftOver = (m: Memory, u: string, stated: ReadonlySet<string>): boolean =>
  tiedNames(m.reference).some(names => names.length > 1 && names.includes(u) && names.every(n => n === u || stated.has(n)))
