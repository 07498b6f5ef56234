/** Equations to be solved and inequalities between terms: true at the maximum for every sample, or wrong. */
import { evaluate, holds } from '../term/evaluate.ts'
import { same } from '../term/order.ts'
import { type Prop, type Rel, sub, sym, ZERO } from '../term/term.ts'
import { arraysOf, some, symbolsOf } from '../term/walk.ts'
import { atMaximum, equalUpToConstant, equationHolds, mentionsHat, throughout, trueAt, unknownsIn } from './decide.ts'
import { differentiate } from './differentiate.ts'
import { sameSample } from './equivalence.ts'
import { wrongEquations } from './estimate-faults.ts'
import { crossesAtTop } from './integer-crossing.ts'
import { isOfSupport, mentionsData, saysDataCondition, supportCondition } from './judge-support.ts'
import type { Relating } from './quantities.ts'
import type { Reference } from './reference.ts'
import type { Memory, Ruling } from './ruling.ts'
import { sameSolution } from './solution.ts'
import type { Statement } from './statement.ts'

/** An equation to be solved: true at the maximum for every sample, or wrong. */
export const equationBetween = (m: Memory, s: Statement, w: Relating, p: Rel, at: Parameters<typeof evaluate>[1] | undefined): Ruling => {
  const r = m.reference
  const base = { role: 'score-equation' as const, relation: s.link === '⇒' ? ('⇒' as const) : ('⇔' as const) }
  if (unknownsIn(r, p).length === 0 && !mentionsHat(p)) {
    // between data alone it is no equation to be solved; "x_i = 0" and "k = 0" say which samples are meant
    if (at && lostParameter(m, s)) {
      m.equations.push({ equation: p, right: false, line: s.line })
      return {
        ...base,
        status: 'wrong',
        always: true,
        message: 'The parameter is lost: this does not hold for every sample.',
        target: { kind: 'equation', equation: p },
        counter: { env: at, left: p.left, right: p.right },
      }
    }
    if (!w.place?.position && isPlainCondition(p)) return { role: 'condition', status: 'unknown', message: 'A condition on the sample.' }
    return {
      role: 'identity',
      relation: '=',
      status: at ? 'wrong' : 'unknown',
      message: 'This does not hold for every sample.',
      ...(at ? { target: { kind: 'equation', equation: p } as const } : {}),
      ...(at ? { counter: { env: at, left: p.left, right: p.right } } : {}),
    }
  }
  const d = equationHolds(r, p)
  const push = (right: boolean): void => {
    m.equations.push({ equation: p, right, line: s.line })
  }
  if (d.verdict !== 'true' && crossesAtTop(r, p)) {
    push(true)
    return { ...base, status: 'ok', message: 'The maximum is the integer next to the solution.' }
  }
  if (d.verdict === 'true') {
    push(true)
    stateImplicitly(m, p, s.line)
    return { ...base, status: 'ok', message: 'The maximum solves it.' }
  }
  if (r.model.constraints.length > 0 && !mentionsData(r, p) && !mentionsHat(p)) return constraintStatement(m, p, base)
  if (d.verdict === 'unknown') {
    push(true)
    return withoutRoot(m, p, base)
  }
  // λ = μ: what a hypothesis says of several parameters is no solution
  if (r.unknowns.length > 1 && unknownsIn(r, p).length > 1 && !mentionsData(r, p) && !mentionsHat(p) && s.link === undefined)
    return { ...base, role: 'condition', status: 'unknown', message: 'A supposition about the parameters.' }
  const follows = m.wrong && r.unknowns.some(u => wrongEquations(m, u).some(e => sameSolution(r, e, p)))
  push(false)
  if (follows) return { ...base, status: 'follows', message: 'This follows from the line that went wrong before.' }
  return {
    ...base,
    status: 'wrong',
    message: 'The maximum does not solve this equation.',
    target: { kind: 'equation', equation: p },
    ...(d.at ? { counter: { env: d.at, left: p.left, right: p.right } } : {}),
  }
}

/** Whether an equation without the parameter stands where the score equation is being solved, and no word makes it a condition. */
const lostParameter = (m: Memory, s: Statement): boolean =>
  m.reference.unknowns.length === 1 &&
  m.cases.every(c => c.line === s.line) &&
  (m.equations.at(-1)?.line ?? m.said.findLast(t => t.role === 'score')?.line ?? -9) === s.line - 1 &&
  /^[^A-Za-z]*$/.test(wordsOf(m.line?.source ?? ''))
/** What is left of a line without its formulas: words. */
const wordsOf = (source: string): string =>
  source.replace(
    /\\[A-Za-z]+|[A-Za-z]_|_[A-Za-z0-9]+|\b(?:sum|prod|log|ln|exp|bar|hat|xbar|ybar)\b|(?<![A-Za-z])[A-Za-z](?![A-Za-z])/g,
    ' ',
  )

/** A statistic set to a number, or two plain statistics. */
export const isPlainCondition = (p: Rel): boolean => [p.left, p.right].some(t => t.kind === 'num' || t.kind === 'sym')

/** An equation in estimates and data alone says what an estimate is, if not in closed form. */
export const stateImplicitly = (m: Memory, p: Rel, line: number): void => {
  const r = m.reference
  if (!mentionsHat(p) || unknownsIn(r, p).length > 0) return
  const names = new Set([...symbolsOf(p), ...arraysOf(p)])
  for (const u of r.unknowns)
    if (names.has(`${u}\u0302`) && !m.estimates.some(e => e.parameter === u))
      m.estimates.push({ parameter: u, term: sym(`${u}\u0302`), right: true, line, hat: true })
}

/** An equation between parameters and knowns: what the constraints say, or wrong. */
export const constraintStatement = (m: Memory, p: Rel, base: { role: 'score-equation'; relation: '⇔' | '⇒' }): Ruling => {
  const r = m.reference
  const d = trueAt(
    r,
    p,
    r.settings.flatMap(t => [t.env, t.other]),
  )
  if (d.verdict !== 'false') return { ...base, role: 'condition', status: d.verdict === 'true' ? 'ok' : 'unknown', message: '' }
  // "the maximum is on the line a = b": where, and not a statement about every parameter
  const among = m.line !== undefined && /[A-Za-z]/.test(wordsOf(m.line.source))
  const total = some(p, u => u.kind === 'big' && u.op === 'sum' && u.body.kind === 'at' && r.unknowns.includes(u.body.name))
  if (among && !total) return { ...base, role: 'condition', status: 'unknown', message: 'Parameters of a special kind.' }
  return {
    ...base,
    role: 'condition',
    status: 'wrong',
    message: 'The parameter space has other values.',
    ...(total ? { mistake: 'sum.constraint-total' } : {}),
    ...(d.at ? { counter: { env: d.at, left: p.left, right: p.right } } : {}),
  }
}

/** Where the score has no zero, an equation can only be the score set to zero. */
export const withoutRoot = (m: Memory, p: Rel, base: { role: 'score-equation'; relation: '⇔' | '⇒' }): Ruling => {
  const r = m.reference
  const ratio = equalUpToConstant(r, sub(p.left, p.right), differentiate(r.ell, sym(r.unknowns[0] ?? '')), 'log')
  return ratio.verdict === 'true'
    ? { ...base, status: 'ok', message: '' }
    : { ...base, status: 'unknown', message: 'There is no stationary point to compare with.' }
}

/** Whether an inequality holds wherever its condition does, at drawn parameters that allow their samples. */
const followsFrom = (r: Reference, p: Prop, condition: Prop): boolean => {
  const envs = r.settings
    .flatMap(t => [t.env, ...t.others.filter(e => sameSample(r, e, t.env))])
    .filter(e => evaluate(r.likelihood, e) > 0 && holds(condition, e))
  return envs.length > 2 && envs.every(e => holds(p, e))
}

export const orderOfTerms = (m: Memory, p: Prop, condition?: Prop): Ruling => {
  const r = m.reference
  if (saysDataCondition(r, p)) {
    if (condition && followsFrom(r, p, condition))
      return {
        role: 'condition',
        status: 'ok',
        message: 'True for the parameters and samples that are meant, among those that were tried.',
      }
    const found = supportCondition(m, p)
    return found.status === 'wrong' && !isOfSupport(r, p)
      ? { role: 'condition', status: 'unknown', message: 'For which parameters this is said was not read.' }
      : found
  }
  const d = trueAt(r, p, throughout(r, p))
  if (d.verdict === 'true') {
    // n ≥ 2 argues nothing, nor does b > 0
    if (saysDomain(r, p)) return { role: 'claim', status: 'ok', message: 'True for all parameters and samples that were tried.' }
    if (unknownsIn(r, p).length > 0 || mentionsHat(p) || mentionsData(r, p.kind === 'rel' ? sub(p.left, p.right) : ZERO))
      m.arguments.add('inequality')
    return { role: 'claim', status: 'ok', message: 'True for all parameters and samples that were tried.' }
  }
  // the case that is being treated, said once more
  if (m.cases.some(c => same(c.prop, p))) return { role: 'condition', status: 'ok', message: '' }
  const top = trueAt(r, p, atMaximum(r))
  if (top.verdict === 'true') return { role: 'claim', status: 'ok', message: 'True at the maximum.' }
  return { role: 'condition', status: 'unknown', message: 'A condition; it does not hold for every sample.' }
}

/** b > 0: a parameter against a number or a known. */
const saysDomain = (r: Reference, p: Prop): boolean =>
  p.kind === 'rel' &&
  [
    [p.left, p.right],
    [p.right, p.left],
  ].some(
    ([t, end]) =>
      t?.kind === 'sym' &&
      r.unknowns.includes(t.name) &&
      end !== undefined &&
      (end.kind === 'num' || (end.kind === 'sym' && r.model.known.some(k => k.name === end.name))),
  )
