/**
 * Stated estimates: the value is put into the model's own log-likelihood and compared with the maximum, sample by sample, the
 * ones that a restricted parameter space cuts off by themselves.
 */

import { unicode } from '../print/index.ts'
import { contains, type Env, evaluate, holds } from '../term/evaluate.ts'
import { same } from '../term/order.ts'
import { at, type Expr, eq, isZero, sym } from '../term/term.ts'
import { arraysOf, substitute, symbolsOf } from '../term/walk.ts'
import { atTop, equal, foreign, notKnown, unknownsIn } from './decide.ts'
import { eachFactor, elsewhereLevel, isLevel, isLowest, rootless, wrongEquations } from './estimate-faults.ts'
import { flatThere, isBeyond, isCutOff, isLandmark, isPossible, openAt, openEnd } from './estimate-places.ts'
import { cutOff, ordinary, outsideOf } from './estimate-samples.ts'
import { attained, type Estimate, estimateOf, rounded } from './estimate-stated.ts'
import { isAmongTops } from './integer-crossing.ts'
import { choosesRoot, solvesScore } from './omitted.ts'
import type { Relating } from './quantities.ts'
import { atValues, type Reference, resolved, withHats } from './reference.ts'
import type { Memory, Ruling } from './ruling.ts'
import { sameSolution } from './solution.ts'
import { hatName, type Statement } from './statement.ts'
import type { Top } from './top.ts'

/** Whether another value of the one parameter has a larger likelihood in every sample that was drawn. */
const isBeaten = (r: Reference, e: Estimate): boolean => {
  const [only, another] = r.unknowns
  if (only === undefined || another !== undefined || r.settings.length < 3) return false
  const tries = r.settings.flatMap(t => t.env.symbols.get(only) ?? [])
  return r.settings.every(({ env }) => {
    const there = evaluate(r.ell, atValues(env, new Map([[only, evaluate(e.value, env)]])))
    return (
      Number.isFinite(there) && tries.some(v => evaluate(r.ell, atValues(env, new Map([[only, v]]))) > there + 1e-6 * (1 + Math.abs(there)))
    )
  })
}

/** β̂ = α/x̄ on the way to a profile: right with the estimate of the other parameter put in, for which there is no formula. */
const givenOthers = (m: Memory, e: Estimate, left: readonly string[]): boolean => {
  const r = m.reference
  if (left.includes(e.parameter) || !/\bprofil|\bno (?:closed|explicit|simple)|\bnumerical|\bnewton|\biterat/i.test(m.text)) return false
  const value = substitute(e.value, new Map(left.map(u => [u, sym(hatName(u))])))
  const tried = ordinary(r).slice(0, 4)
  return (
    tried.length > 0 &&
    tried.every(({ env, top }) => {
      const best = top.values.get(e.parameter)
      return typeof best === 'number' && Math.abs(evaluate(value, withHats(env, top.values)) - best) <= 1e-5 * (1 + Math.abs(best))
    })
  )
}

const isNumber = (t: Expr): boolean => symbolsOf(t).size === 0 && arraysOf(t).size === 0

export const judgeEstimate = (m: Memory, s: Statement, w: Relating, e: Estimate): Ruling => {
  const r = m.reference
  const base = { role: 'estimator' as const, relation: '=' as const }
  const put = (right: boolean): void => {
    m.estimates.push({
      parameter: e.parameter,
      term: e.value,
      right,
      line: s.line,
      hat: e.hat,
      ...(e.condition ? { condition: e.condition } : {}),
    })
  }
  const unbound = foreign(r, e.value)
  if (unbound.length > 0) {
    put(true)
    return { ...base, status: 'unknown', message: notKnown(unbound, 'estimate') }
  }
  const end = openEnd(r, e)
  if (end && !alternative(m, s) && (e.hat || e.condition)) {
    put(false)
    return { ...base, status: 'wrong', message: 'This end does not belong to the parameter space.', mistake: 'max.open-boundary' }
  }
  const isMention =
    !r.fixed && !e.hat && e.value.kind === 'num' && (s.link === undefined || s.link === 'and') && !w.place?.position && !alternative(m, s)
  if (isMention) return { ...base, role: 'condition', status: 'unknown', message: 'A value that is mentioned.' }
  const left = unknownsIn(r, e.value)
  // a number that is a root of the score for every sample can be judged without one
  if (isNumber(e.value) && (e.hat || saysMaximum(m, s)) && isLowest(r, e.parameter, e.value)) {
    put(false)
    return { ...base, status: 'wrong', always: true, message: 'The log-likelihood has a minimum there.', mistake: 'max.wrong-sign' }
  }
  if (isNumber(e.value) && !e.hat && s.link === '⇒' && isLevel(r, e.parameter, e.value) && !saysMaximum(m, s))
    return { ...base, role: 'score-equation', relation: '⇔', status: 'ok', message: 'A root of the score.' }
  // "so the i-th factor is largest at t = 1/x_i" is true of that factor
  if (
    !e.hat &&
    /\bfactor\b|\bsummand\b|\bi-th\b|\b(?:one|single|each) (?:observation|term)\b/i.test(m.line?.source ?? '') &&
    ordinary(r).some(({ env }) => eachFactor(r, e, env))
  )
    return { ...base, status: 'unknown', message: 'Said of one factor.' }
  const roundable = r.fixed || r.observed.length === 0 || w.relation === '≈'
  // a number is the estimate for some sample, and nobody said for which
  if (!roundable && isNumber(e.value) && !r.special && !isLandmark(r, e)) {
    put(true)
    return { ...base, status: 'unknown', message: 'A number for a sample that is not known here: give the data to have it judged.' }
  }
  let agreed = 0
  for (const { env, top } of ordinary(r)) {
    const there = left.length > 0 ? atTop(env, top) : withHats(env, top.values)
    if (e.condition && !holds(e.condition, there)) continue
    const found = roundable && rounded(e, s, there, top) ? 'yes' : attained(r, e, there, top)
    // a candidate without a hat that Θ cuts off in this sample: what the maximum is then has to be said
    if (found === 'no' && !e.hat && !r.moving && !r.special && isCutOff(r, e, there, top)) continue
    if (found === 'no') return wrongEstimate(m, s, w, e, there, top, put)
    if (found === 'yes') agreed++
  }
  if (agreed === 0) {
    // the samples of a case, all of them cut off
    const cut = (r.special ? cutOff(r) : []).filter(({ env, top }) => !e.condition || holds(e.condition, withHats(env, top.values)))
    if (cut.length > 0 && cut.every(({ env, top }) => attained(r, e, withHats(env, top.values), top) === 'yes')) {
      put(true)
      return { ...base, status: 'ok', message: 'This is the maximum for such samples.' }
    }
    if (isAmongTops(r, e.parameter, e.value)) {
      put(true)
      return { ...base, status: 'ok', message: 'One of the integers with the largest likelihood.' }
    }
    const flat = flatThere(m, e)
    if (flat !== undefined) {
      const isOne =
        flat &&
        !m.statements.some(t =>
          /\b(any|every|all|each|not unique|an mle|a maximum|interval|set of)\b|∈|\\in\b/i.test(`${t.said ?? ''} ${t.source}`),
        )
      put(flat)
      return isOne
        ? { ...base, status: 'wrong', message: 'Other parameters give the same likelihood.', mistake: 'max.flat-called-unique' }
        : flat
          ? { ...base, status: 'ok', message: 'One of several maximisers.' }
          : openAt(r, e)
            ? {
                ...base,
                status: 'wrong',
                message: 'For this value the data are impossible: the support does not contain its end.',
                mistake: 'max.strict-weak',
              }
            : { ...base, status: 'wrong', message: 'The likelihood is larger elsewhere.' }
    }
    if (e.condition) return special(m, e, put)
    if (isBeaten(r, e)) {
      put(false)
      return { ...base, status: 'wrong', message: 'The likelihood is larger elsewhere.' }
    }
    put(true)
    return { ...base, status: 'unknown', message: 'No sample was found to compare the estimate on.' }
  }
  if (left.length > 0 && givenOthers(m, e, left)) {
    put(true)
    return { ...base, status: 'unknown', message: 'The best value for given other parameters.' }
  }
  if (left.length > 0 && !laterWithout(m, s, e)) {
    put(false)
    return {
      ...base,
      status: 'wrong',
      message: `${left.map(u => unicode(sym(u))).join(', ')} ${left.length > 1 ? 'are' : 'is'} not known.`,
      mistake: 'solve.theta-in-answer',
    }
  }
  put(true)
  for (const { env, top } of cutOff(r)) {
    const there = withHats(env, top.values)
    if ((e.condition && !holds(e.condition, there)) || attained(r, e, there, top) !== 'no') continue
    // "for every sample, also if this is negative"
    if (e.hat && isCutOff(r, e, there, top) && everySample.test(m.line?.source ?? '')) {
      m.estimates.pop()
      return { ...wrongEstimate(m, s, w, e, there, top, put), mistake: 'max.out-of-space', beyond: true }
    }
    // a value inside of Θ that is not the maximum, as |x̄| is for a negative mean
    if (e.hat && r.unknowns.length === 1 && isPossible(r, e, there)) {
      m.estimates.pop()
      return wrongEstimate(m, s, w, e, there, top, put)
    }
  }
  const stray = m.estimates.some(t => t.condition) ? undefined : outsideOf(r, e)
  if (stray && everySample.test(m.line?.source ?? ''))
    return {
      ...base,
      status: 'wrong',
      message: 'For some samples this is no possible value of the parameter.',
      mistake: isBeyond(r, e, stray) ? 'max.out-of-space' : 'solve.divide-by-zero-case',
      counter: { env: stray, left: sym(e.parameter), right: e.value },
    }
  if (stray && !isBeyond(r, e, stray) && !m.remarks.includes(degenerate)) m.remarks.push(degenerate)
  return {
    ...base,
    status: 'ok',
    message: 'This is the maximum for every sample that was tried.',
    ...(e.hat ? {} : { remark: hatMissing }),
  }
}
/** Words that leave no sample out: "for every possible sample", "whatever the data", "also when all x_i are 0". */
const everySample =
  /\b(?:always|(?:every|any|all|each)(?: (?!(?:of|other|others|such|these|those|remaining)\b)\w+){0,2} (?:samples?|data ?sets?|data|outcomes?|counts)|whatever (?:the )?(?:data|sample|observations)|(?:no matter|regardless of) (?:what|which|how|the) \w+|without (?:any )?exception|(?:also|even|including)(?: \w+){0,3} (?:if|when|for|case)\b)/i
const degenerate = 'For special samples the stated value lies outside of the parameter space; then no maximum exists.'

export const hatMissing = 'What was found is an estimate: it should carry a hat.'

/** The same estimate stated later in the data alone. */
const laterWithout = (m: Memory, s: Statement, e: Estimate): boolean =>
  m.statements.some(t => {
    if (t.line < s.line || t === s || t.what.kind !== 'relation') return false
    const later = estimateOf(m.reference, t.what)
    return later?.parameter === e.parameter && unknownsIn(m.reference, later.value).length === 0
  })

/** An estimate under a condition that no ordinary sample satisfies: "if all x_i are 0". */
const special = (m: Memory, e: Estimate, put: (right: boolean) => void): Ruling => {
  const r = m.reference
  const base = { role: 'estimator' as const, relation: '=' as const }
  let seen = false
  for (const { env, top } of cutOff(r)) {
    const there = withHats(env, top.values)
    if (!e.condition || !holds(e.condition, there)) continue
    seen = true
    if (attained(r, e, there, top) === 'no') {
      put(false)
      return {
        ...base,
        status: 'wrong',
        message: 'For such samples the maximum is elsewhere.',
        mistake: isBeyond(r, e, there) ? 'max.out-of-space' : 'max.boundary-missed',
      }
    }
  }
  put(true)
  return { ...base, status: seen ? 'ok' : 'unknown', message: seen ? '' : 'No sample of this kind was tried.' }
}

const wrongEstimate = (m: Memory, s: Statement, w: Relating, e: Estimate, env: Env, top: Top, put: (right: boolean) => void): Ruling => {
  const r = m.reference
  const base = { role: 'estimator' as const, relation: '=' as const }
  const symbol = e.index ? at(e.parameter, e.index) : sym(e.parameter)
  const solved = eq(symbol, e.value)
  const follows =
    m.wrong &&
    (wrongEquations(m, e.parameter).some(q => sameSolution(r, q, solved)) ||
      m.estimates.some(q => !q.right && q.parameter === e.parameter && equal(r, q.term, e.value).verdict === 'true') ||
      followsPrevious(m, w, e))
  put(false)
  if (follows) return { ...base, status: 'follows', message: 'This follows from the line that went wrong before.' }
  const p = r.model.parameters.find(q => q.name === e.parameter)
  const v = evaluate(e.value, env)
  const outside = p !== undefined && !contains(p.domain, v, env, 1e-12)
  const mistake =
    eachFactor(r, e, env) || ofFactorsBefore(m)
      ? 'lik.max-each-factor'
      : alternative(m, s) || (keepsAll.test(m.line?.source ?? '') && isZero(e.value))
        ? isZero(e.value)
          ? 'solve.extraneous-root'
          : outside
            ? 'solve.inadmissible-root'
            : undefined
        : (rootless(m, e, outside, solved) ?? elsewhereLevel(r, e, outside))
  const always = mistake === 'lik.max-each-factor'
  const keepsBoth = outside && keepsAll.test(m.line?.source ?? '')
  // "at θ = 0 there is a stationary point"
  if (!e.hat && saysStationary(m, s) && solvesScore(r, e.parameter, e.value)) {
    m.estimates.pop()
    return { ...base, role: 'score-equation', relation: '⇔', status: 'ok', message: 'A root of the score.' }
  }
  if (alternative(m, s) && !isZero(e.value) && !keepsBoth && solvesScore(r, e.parameter, e.value)) {
    const settled = settledLater(m, s, e) || choosesRoot(m, s.line)
    return {
      ...base,
      status: 'ok',
      message: settled ? 'A root that is not kept.' : 'A root of the score as well: it has to be said which root is the maximum.',
      ...(settled ? {} : { missing: 'root-choice' as const }),
    }
  }
  if (mistake === 'solve.extraneous-root' || (alternative(m, s) && outside))
    if (settledLater(m, s, e) && !calledRoots(m))
      return { ...base, status: 'ok', message: 'A root that the parameter space excludes; it is not kept.' }
  return {
    ...(mistake ? { mistake } : {}),
    ...(always ? { always } : {}),
    ...(outside ? { otherwise: 'max.out-of-space' } : {}),
    ...base,
    status: 'wrong',
    message: outside ? 'This is no possible value of the parameter.' : 'The likelihood is larger elsewhere.',
    target: { kind: 'estimate', parameter: e.parameter, term: e.value, ...(e.index ? { index: e.index } : {}) },
    counter: { env: withHats(atValues(env, top.values), top.values), left: symbol, right: e.value },
  }
}
/** "So there are two maximum-likelihood estimates": no root is dropped. */
export const keepsAll =
  /\bboth\b[^.]*\b(?:mles?|estimat\w+|maxim\w+)|\b(?:two|three|several) (?:different |possible )?(?:mles|max\w*[- ]likelihood|ml[- ]estimat\w+|estimat(?:es|ors)|maxim(?:a|ums|i[sz]ers))\b/i

/** "Each factor is largest at 1/t_i", just before. */
const ofFactorsBefore = (m: Memory): boolean =>
  m.lines.some(
    l =>
      l.line < (m.line?.line ?? 0) &&
      l.line >= (m.line?.line ?? 0) - 2 &&
      /\b(?:each|every|one|the i-th|a single|this) factor\b[^.]*\b(?:largest|biggest|greatest|maximal|maximi[sz]ed|maximum)\b/i.test(
        l.source,
      ),
  )

/** "p = 1/2 is the maximum" */
const saysMaximum = (m: Memory, s: Statement): boolean =>
  /^[\s$,)]*(?:is|gives|yields|must be)\b[^.;:]{0,20}\bmaxim/i.test((m.line?.source ?? '').slice(s.column - 1 + s.length))

/** "ℓ′ = 0 has the solutions v = 0 and …", and v = 0 is not refused: it is a pole and no root. */
const calledRoots = (m: Memory): boolean =>
  /(?:ℓ|\bl\b|\\ell|log ?L|\bLL\b|score|derivative|likelihood)[^.;]*\b(?:has|have|vanish\w*|stationary|critical)\b/i.test(
    m.line?.source ?? '',
  ) && !m.lines.some(l => l.line >= (m.line?.line ?? 0) && refuses.test(l.source))
const refuses =
  /reject|exclud|discard|drop|ruled? out|\bnot (?:allowed|admissible|possible|valid|in |permitted|a )|outside|inadmissib|impossible|undefined|must be positive|has to be positive|>\s*0|≠\s*0|\\neq?\s*0|cannot|can't|only/i

/** A value called a stationary point, a root of the derivative: no estimate yet. */
const saysStationary = (m: Memory, s: Statement): boolean => {
  const source = m.line?.source ?? ''
  const ends = s.column - 1 + s.length
  const point = String.raw`(?:stationary|critical) (?:point|value)|(?:zero|root) of (?:the|its|this) (?:score|derivative)|candidate`
  return (
    new RegExp(
      String.raw`^[\s$,)]*(?:is|as|are|becomes) (?:then |therefore |also |indeed )?(?:an?|the|one|another)?(?: \w+)? ?(?:${point})`,
      'i',
    ).test(source.slice(ends)) ||
    new RegExp(String.raw`(?:${point})s?(?: is| are| at| lies at)?[\s$:(]*$`, 'i').test(source.slice(0, s.column - 1))
  )
}

/** One of several values joined by "or". */
const alternative = (m: Memory, s: Statement): boolean => {
  const next = m.statements[m.statements.indexOf(s) + 1]
  if (s.link === 'or' || next?.link === 'or') return true
  // "the stationary points v = 0 and v = S/n"
  const isValue = (t: Statement | undefined): boolean =>
    t?.what.kind === 'relation' && t.line === s.line && estimateOf(m.reference, t.what) !== undefined
  if (
    ((next?.link === 'and' && isValue(next)) || (s.link === 'and' && isValue(m.statements[m.statements.indexOf(s) - 1]))) &&
    /\b(?:points|solutions|roots|zeros|zeroes)\b/i.test(m.line?.source ?? '')
  )
    return true
  // θ = a ± b = …: the same roots in another form
  const chain = s.what.kind === 'relation' && s.what.place?.position ? s.what.place.chain : undefined
  const head = chain === undefined ? undefined : m.statements.find(t => t.what.kind === 'relation' && t.what.place?.chain === chain)
  return head !== undefined && head !== s && alternative(m, head)
}
/** A later statement that keeps the right root alone. */
const settledLater = (m: Memory, s: Statement, e: Estimate): boolean =>
  m.statements.slice(m.statements.indexOf(s) + 1).some(t => {
    if (t.what.kind !== 'relation' || t.line === s.line) return false
    const later = estimateOf(m.reference, t.what)
    return later?.parameter === e.parameter && !same(later.value, e.value)
  })

const followsPrevious = (m: Memory, w: Relating, e: Estimate): boolean => {
  const previous =
    w.place && w.place.position > 0 && w.place.previous.kind === 'term'
      ? (resolved(m.reference, w.place.previous.term) as Expr | undefined)
      : undefined
  return previous !== undefined && equal(m.reference, previous, e.value).verdict === 'true'
}
