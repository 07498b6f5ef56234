/** The value that is written for a named quantity against the model's own, as it stands, with estimates put in, or as a profile. */
import { type Env, evaluate } from '../term/evaluate.ts'
import { same } from '../term/order.ts'
import { at, type Expr, eq, isZero, num, type Prop, sym, type Term } from '../term/term.ts'
import { arraysOf, hasKind, instantiate, mapChildren, substitute, subterms, symbolsOf } from '../term/walk.ts'
import {
  dropsConstants,
  equal,
  equalUpToConstant,
  equationHolds,
  foreign,
  mentionsHat,
  trueAt,
  unknownsIn,
  withoutConstants,
} from './decide.ts'
import { openedLog } from './differentiate.ts'
import { alongConstraint } from './judge-score.ts'
import { mentionsData, movingLikelihood } from './judge-support.ts'
import { alongProfile, onProfile, profileFor } from './profile.ts'
import { isLog, type Relating, roleOf, shown } from './quantities.ts'
import { keyOf, type Reference } from './reference.ts'
import type { Memory, Ruling } from './ruling.ts'
import { hatName, type Quantity, type Statement } from './statement.ts'

/** A parameter that stands with a hat on the other side, and only so, is at its estimate here too: the profile, a value at the root. */
export const withEstimates = (r: Reference, own: Expr, right: Expr): Expr => {
  const names = new Set([...symbolsOf(right), ...arraysOf(right)])
  const estimated = r.unknowns.filter(u => names.has(hatName(u)) && !names.has(u))
  // where no parameter is left as it is, all of them are at their estimates
  const hatted = estimated.length > 0 && !r.unknowns.some(u => names.has(u)) ? r.unknowns : estimated
  if (hatted.length === 0) return own
  const entries = (t: Term): Term => {
    const inner = mapChildren(t, entries)
    return inner.kind === 'at' && hatted.includes(inner.name) ? at(hatName(inner.name), ...inner.index) : inner
  }
  return entries(substitute(own, new Map(hatted.map(u => [u, sym(hatName(u))])))) as Expr
}

/** x̄ where μ stood, after μ̂ = x̄ was found: right with the estimates of the other parameters put in. */
export const withStated = (m: Memory, w: Relating, q: Quantity, own: Expr, right: Expr): Ruling | undefined => {
  if (q.kind === 'density' || q.kind === 'likelihood') return undefined
  const missing = unknownsIn(m.reference, own).filter(u => !symbolsOf(right).has(u))
  if (missing.length === 0) return undefined
  const stated = missing.map(u => m.estimates.findLast(e => e.parameter === u && e.right))
  if (stated.some(e => !e)) return undefined
  const put = substitute(own, new Map(stated.flatMap(e => (e ? [[e.parameter, e.term] as const] : []))))
  const found = compared(m, w, q, put, right)
  return found.status === 'ok' ? { ...found, message: 'With the estimates found before put in.' } : undefined
}

const noValue = 'The right side has no value: the log or the root of a negative number stands in it, or an observation behind the last one.'

/** A setting at which the model's term has a value and the written one takes the log or a root of a negative number, as at all settings. */
const withoutValue = (r: Reference, own: Expr, right: Expr): Env | undefined => {
  const undefinedAt = (t: Expr, env: Env): boolean =>
    subterms(t).some(u => {
      if (u.free !== 0) return false
      if (u.kind === 'fn' && u.name === 'log') return evaluate(u.args[0] as Expr, env) < 0
      if (u.kind === 'at') {
        const [index] = u.index
        // an observation behind the last one
        return index !== undefined && Number.isFinite(evaluate(index, env)) && evaluate(index, env) > (env.arrays.get(u.name)?.length ?? 0)
      }
      return u.kind === 'pow' && u.exponent.kind === 'num' && u.exponent.value.den === 2n && evaluate(u.base, env) < 0
    })
  const impossible = (env: Env): boolean =>
    Number.isFinite(evaluate(own, env)) &&
    Number.isNaN(evaluate(right, env)) &&
    (undefinedAt(right, env) ||
      subterms(right).some(u => {
        if (u.kind !== 'big' || u.free !== 0 || (u.op !== 'sum' && u.op !== 'prod')) return false
        const [lo, hi] = [evaluate(u.lo, env), evaluate(u.hi, env)]
        const count = Math.min(12, hi - lo + 1)
        return count > 0 && [...Array(count).keys()].some(i => undefinedAt(instantiate(u.body, num(lo + i)), env))
      }))
  const envs = r.settings.map(s => s.env)
  return envs.length > 1 && envs.every(impossible) ? envs[0] : undefined
}

/** "… at the solution": where the values of the line are meant. */
const saysAtRoot = (m: Memory): boolean =>
  /\bat (?:the|this|that|our) (?:solution|root|maximum|estimates?|mle|(?:stationary|critical) point)\b/i.test(m.line?.source ?? '') ||
  rootJustPut(m)

/** "At a² = Q/(3n) we have Q = 3na², giving ℓ″ = …": an equation of the maximum, put in just before. */
const rootJustPut = (m: Memory): boolean => {
  const line = m.line?.line ?? 0
  const source = m.lines.filter(l => l.line > line - 2 && l.line <= line).map(l => l.source)
  const near = (e: { readonly right: boolean; readonly line: number }): boolean => e.right && e.line > line - 2
  return puts.test(source.join(' ')) && (m.equations.some(near) || m.estimates.some(near))
}
const puts = /\b(?:at|using|use|substitut\w+|insert\w+|plug(?:ging|s|ged)?|put(?:ting)?|replac\w+|evaluat\w+|there|with)\b/i

/** A binomial or multinomial coefficient before a likelihood that was given directly, and without one. */
const addsCount = (r: Reference, right: Expr): boolean => {
  const counts = (t: Expr): boolean =>
    subterms(t).some(u => u.kind === 'fn' && /^(?:factorial|choose|binomial|multinomial|gamma)$/.test(u.name))
  return r.model.likelihood !== undefined && counts(right) && !counts(r.likelihood)
}

/** "Up to a constant", "ignoring terms free of θ", in the sentence around: then any constant may stand there. */
const saysUpToConstant = (m: Memory): boolean => {
  const line = m.line?.line ?? 1
  const near = m.lines
    .slice(Math.max(0, line - 4), line + 2)
    .map(l => l.source)
    .join(' ')
  return (
    /\b(?:up to|apart from|aside from|ignoring|neglecting|omitting|dropping|discarding|leaving out|leave out|except for|modulo|disregarding|suppressing)\b[^.;]{0,50}\b(?:constants?|terms?|factors?|summands?|coefficients?)\b/i.test(
      near,
    ) ||
    /\b(?:additive|multiplicative|irrelevant|unimportant|normali[sz]ing) (?:constants?|factors?|terms?)\b|\brelevant part\b/i.test(near)
  )
}

/** Whether a density by cases has the written value for one of the observations: the value of one of its cases. */
const agreesAt = (own: Expr, right: Expr, env: Env): boolean =>
  [...env.arrays.values()].flat().some(x => {
    if (typeof x !== 'number') return false
    const symbols = new Map([...env.symbols].map(([k, v]) => [k, env.arrays.has(k) ? x : v] as const))
    const [a, b] = [evaluate(own, { ...env, symbols }), evaluate(right, { ...env, symbols })]
    return Number.isFinite(a) && Math.abs(a - b) <= 1e-9 * Math.abs(a)
  })

/** The claimed value against the model's own. */
export const compared = (m: Memory, w: Relating, q: Quantity, own: Expr, right: Expr): Ruling => {
  const r = m.reference
  const role = roleOf(q)
  const relation = shown[w.relation]
  const ok = (message: string, more: Partial<Ruling> = {}): Ruling => ({ role, relation, status: 'ok', message, ...more })
  const wrong = (env: Parameters<typeof evaluate>[1] | undefined, message: string, more: Partial<Ruling> = {}): Ruling => ({
    role,
    relation,
    status: 'wrong',
    message,
    ...(env ? { counter: { env, left: own, right } } : {}),
    ...more,
  })
  if (q.kind === 'likelihood' && r.moving) return movingLikelihood(m, w, own, right)
  // "L(N) = 0 unless N ≥ x": where the condition holds
  if (q.kind === 'likelihood' && w.condition && isZero(right)) {
    const there = r.settings.flatMap(s => [s.env, ...s.others]).filter(e => trueAt(r, w.condition as Prop, [e]).verdict === 'true')
    if (there.every(e => evaluate(own, e) === 0)) return there.length > 0 ? ok('') : { role, status: 'unknown', message: '' }
  }
  if (q.kind === 'density') {
    const d = equal(r, own, right)
    if (d.verdict === 'true') return ok('The density of the model.')
    if (w.relation !== '=' && equalUpToConstant(r, own, right, 'log').verdict === 'true')
      return ok('The density of the model, up to a constant.')
    if (d.verdict === 'false' && hasKind(own, 'cases') && r.settings.some(t => agreesAt(own, right, t.env)))
      return ok('The density of the model, where this case applies.')
    // L_i(λ) = λ^{x_i}e^{−λ}: of a likelihood a constant may be left out
    if (
      q.observation.kind === 'at' &&
      /(?<![A-Za-z\\])L_\{?[ijk]/.test(m.line?.source ?? '') &&
      equalUpToConstant(r, own, right, 'log').verdict === 'true'
    )
      return ok('The density of the model, up to a constant.')
    return d.verdict === 'false'
      ? wrong(d.at, 'This is not the density of the model.', { otherwise: 'lik.other-density' })
      : { role, status: 'unknown', message: '' }
  }
  if (w.relation === '≈') return { role, relation, status: 'unknown', message: 'An approximation was not decided.' }
  if (w.relation === '=') {
    const d = equal(r, own, right)
    if (d.verdict === 'true') return ok('')
    if (d.verdict === 'unknown') {
      const at = withoutValue(r, own, right)
      return at ? wrong(at, noValue) : { role, relation, status: 'unknown', message: 'No value to compare was found.' }
    }
    // the estimates themselves are known to seven digits
    if (
      ((mentionsHat(own) && mentionsHat(right)) || (role === 'second-derivative' && saysAtRoot(m) && !isLog(q))) &&
      equationHolds(r, eq(own, right)).verdict === 'true'
    )
      return ok('True at the estimates.')
    if (q.kind === 'log-density' && equalUpToConstant(r, own, right, 'plain').verdict === 'true')
      return ok('A constant free of the parameters is left out.')
    if (isLog(q) || q.kind === 'likelihood') {
      const scale = isLog(q) ? 'plain' : 'log'
      const upTo = equalUpToConstant(r, own, right, scale)
      if (upTo.verdict === 'true') {
        const [a, b] = isLog(q) ? [own, right] : [openedLog(own), openedLog(right)]
        if (dropsConstants(r, a, b))
          return ok('A constant free of the parameters is left out.', {
            remark: `${isLog(q) ? 'The log-likelihood' : 'The likelihood'} is given up to a constant that is free of the parameters.`,
          })
        if (saysUpToConstant(m) || wasUpToConstant(m, r, role, own)) return ok('Up to a constant, as is said.')
        if (r.model.likelihood !== undefined || withoutConstants(r) || addsCount(r, right))
          return ok('Up to a constant that is free of the parameters: the likelihood of the task is given without it.')
        if (m.remarks.some(t => t.includes('up to a constant'))) return ok('Up to the constant that was left out before.')
        return wrong(d.at, 'The constant that is written here is wrong: write ∝ or “+ const”, or correct it.')
      }
    }
    if (alongConstraint(r, q, right)) return ok('The derivative along the constraint.')
    return wrong(d.at, 'The two sides differ.')
  }
  const scale = isLog(q) ? 'plain' : 'log'
  const d = equalUpToConstant(r, own, right, scale)
  if (d.verdict === 'true') return ok('')
  // ℓ ∝ … is loosely said for "up to a constant", and L = … + const is not
  if (isLog(q) && w.relation === '∝' && equalUpToConstant(r, own, right, 'log').verdict === 'true') return ok('')
  const at = d.verdict === 'unknown' ? withoutValue(r, own, right) : undefined
  if (at) return wrong(at, noValue)
  return d.verdict === 'false'
    ? wrong(d.at, 'The two sides differ by something that depends on the parameter.')
    : { role, relation, status: 'unknown', message: '' }
}

/** Whether ℓ was given without a constant before, and accepted so. */
const wasUpToConstant = (m: Memory, r: Reference, role: Ruling['role'], own: Expr): boolean =>
  role === 'log-likelihood' &&
  !same(own, m.reference.ell) &&
  m.said.some(t => t.role === role && t.right && mentionsData(r, t.term) && equal(r, m.reference.ell, t.term).verdict === 'false')

/** What is said of a profile likelihood: compared where the other parameters are at their best. Undefined where that is not found. */
export const ofProfile = (
  m: Memory,
  s: Statement,
  w: Relating,
  q: Quantity,
  right: Expr,
  /** Written as a profile; else the formula is only tried as one. */
  isMarked = true,
): Ruling | undefined => {
  const at = w.left.kind === 'quantity' ? w.left.at : undefined
  // ℓ_p″(v̂): at the maximum
  const [inner] = q.kind === 'derivative' && q.by.length === 2 ? q.by : []
  const put = inner?.kind === 'sym' ? at?.[inner.name] : undefined
  if (inner?.kind === 'sym' && put && same(put, sym(hatName(inner.name)))) {
    const own = alongProfile(m.reference, q)
    const there = own && substitute(own, new Map(m.reference.unknowns.map(u => [u, sym(hatName(u))])))
    return there ? compared(m, w, q, there, right) : undefined
  }
  const told = at && m.reference.unknowns.filter(u => !(at[u]?.kind === 'sym' && (at[u] as { name: string }).name === hatName(u)))
  const kept = told && told.length < m.reference.unknowns.length ? told : undefined
  // a derivative is in what the profile is a function of
  const by = q.kind === 'derivative' ? q.by.flatMap(b => (b.kind === 'sym' ? [b.name] : [])) : []
  if (by.some(name => !(kept ?? (isMarked ? m.reference.unknowns : unknownsIn(m.reference, right))).includes(name))) return undefined
  // α̂(θ) was read as α: on the curve it is, for one choice of what is kept
  if (
    isMarked &&
    !kept &&
    unknownsIn(m.reference, right).length === m.reference.unknowns.length &&
    foreign(m.reference, right).length === 0
  ) {
    const whole = m.reference
    for (const u of by.length > 0 ? by : whole.unknowns) {
      const r = onProfile(whole, [u])
      const own = r && alongProfile(r, q)
      if (!own) continue
      m.reference = r
      const found = compared(m, w, q, own, right)
      m.reference = whole
      if (found.status === 'ok') return found
    }
    return undefined
  }
  const narrow = foreign(m.reference, right).length > 0 ? undefined : profileFor(m.reference, right, kept)
  const own = narrow && alongProfile(narrow.r, q)
  if (!own) return undefined
  const whole = m.reference
  m.reference = narrow.r
  const found = compared(m, w, q, own, narrow.right)
  m.reference = whole
  const role = roleOf(q)
  if (found.status !== 'wrong') {
    m.said.push({ key: `profile ${keyOf(q)}`, role, term: right, right: found.status === 'ok', line: s.line })
    return found
  }
  const follows = m.wrong && m.said.some(t => !t.right)
  return follows ? { ...found, status: 'follows', message: 'This follows from the line that went wrong before.' } : found
}

/** ℓ(σ²) = … with μ gone although nobody said what was put for it: the profile. */
export const asProfile = (m: Memory, s: Statement, w: Relating, q: Quantity, right: Expr): Ruling | undefined => {
  if (!(isLog(q) && q.kind === 'log-likelihood') && !(q.kind === 'derivative' && q.by.length === 1)) return undefined
  const found = mentionsHat(right) || w.place?.position ? undefined : ofProfile(m, s, w, q, right, false)
  return found?.status === 'ok' ? { ...found, message: 'The profile likelihood.' } : undefined
}
