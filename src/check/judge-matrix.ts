/**
 * Matrices of second derivatives: the Hessian, the observed and the expected information, entry by entry against the model, for all
 * parameters or at the maximum, whichever is meant. What is the Hessian with the other sign, in another order or in σ² for σ, is left undecided: it may be meant so.
 */
import { type Env, evaluate } from '../term/evaluate.ts'
import { div, type Expr, expect, mul, neg, num, pow, sqrt, sym } from '../term/term.ts'
import { numericValue } from '../verify/calculus.ts'
import { anywhere, atMaximum, type Decision, equal, foreign, mentionsHat } from './decide.ts'
import { differentiate } from './differentiate.ts'
import { unhattedTerm } from './precision.ts'
import type { Relating } from './quantities.ts'
import { once, quantityTerm, type Reference, resolved } from './reference.ts'
import type { Memory, Ruling } from './ruling.ts'
import type { Quantity } from './statement.ts'

/** The second derivatives of ℓ. */
const hessian = (r: Reference): readonly (readonly Expr[])[] =>
  once(r, 'second derivatives', () => r.unknowns.map(a => r.unknowns.map(b => differentiate(differentiate(r.ell, sym(a)), sym(b)))))

interface Differing {
  readonly row: number
  readonly column: number
  readonly env: Env
  readonly own: Expr
  readonly written: Expr
}

/** Whether two entries agree at every maximum; undefined if that cannot be told. */
const agreeAtMaximum = (r: Reference, own: Expr, written: Expr): Env | boolean | undefined => {
  let seen = 0
  for (const env of atMaximum(r)) {
    const [x, y] = [evaluate(own, env), evaluate(written, env)]
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue
    // a mixed derivative that vanishes is only nearly 0
    if (Math.abs(x - y) > 1e-5 * (1 + Math.max(Math.abs(x), Math.abs(y)))) return env
    seen++
  }
  return seen > 0 ? true : undefined
}

/** The first entry that differs, for all parameters and at the maximum; 'same' if there is none, undefined if that is not known. */
const compare = (
  r: Reference,
  own: readonly (readonly Expr[])[],
  written: readonly (readonly Expr[])[],
): 'same' | Differing | undefined => {
  const cells = own.flatMap((row, i) => row.map((o, j) => ({ i, j, o, w: written[i]?.[j] as Expr })))
  const hatted = cells.some(c => mentionsHat(c.w))
  if (!hatted && cells.every(c => equal(r, c.o, c.w).verdict === 'true')) return 'same'
  let first: Differing | undefined
  for (const { i, j, o, w } of cells) {
    const there = agreeAtMaximum(r, o, w)
    if (there === undefined) return undefined
    if (there !== true) first ??= { row: i, column: j, env: there as Env, own: o, written: w }
  }
  return first ?? 'same'
}

/** Further on in a chain the matrix may be that of another step: what differs there is left undecided. */
export const judgeMatrix = (m: Memory, w: Relating, q: Quantity): Ruling => {
  const found = ofMatrix(m, w, q)
  return found.status === 'wrong' && w.place && w.place.position > 0
    ? { role: found.role, relation: '=', status: 'unknown', message: 'This was not decided.' }
    : found
}

const ofMatrix = (m: Memory, w: Relating, q: Quantity): Ruling => {
  const r = m.reference
  const role = q.kind === 'hessian' ? ('second-derivative' as const) : ('information' as const)
  const unknown: Ruling = { role, relation: '=', status: 'unknown', message: 'This was not decided.' }
  const size = r.unknowns.length
  if (w.right.kind !== 'matrix' || w.relation !== '=') return unknown
  if (w.right.entries.length !== size || w.right.entries.some(row => row.length !== size)) return unknown
  if (r.model.parameters.some(p => p.length !== undefined) || r.moving || r.model.constraints.length > 0) return unknown
  const { factor, entries } = w.right
  const written = entries.map(row => row.map(t => resolved(r, factor ? mul(factor, t) : t) as Expr | undefined))
  if (written.some(row => row.some(t => t === undefined || foreign(r, t).length > 0))) return unknown
  const terms = written as readonly (readonly Expr[])[]
  const second = hessian(r)
  const turned = second.map(row => row.map(neg))
  if (q.kind === 'fisher-information') return expected(r, q.perObservation === true, turned, terms, unknown)
  const isNegative = q.kind === 'observed-information' || (q.kind === 'hessian' && /nll/.test(q.of.kind))
  const found = compare(r, isNegative ? turned : second, terms)
  if (found === 'same') return { role, relation: '=', status: 'ok', message: '' }
  if (found === undefined || readings(r, [second, turned]).some(h => compare(r, h, terms) === 'same')) return unknown
  return {
    role,
    relation: '=',
    status: 'wrong',
    message: `The entry in row ${found.row + 1} and column ${found.column + 1} is another one.`,
    mistake: 'd.second-derivative',
    counter: { env: found.env, left: found.own, right: found.written },
  }
}

/**
 * The vector of first derivatives, entry by entry; of the other order of the parameters too. With an entry that is not decided, or
 * none that is right, it may be meant in other parameters.
 */
export const judgeGradient = (m: Memory, w: Relating, of: Quantity): Ruling => {
  const r = m.reference
  const unknown: Ruling = { role: 'score', relation: '=', status: 'unknown', message: 'This was not decided.' }
  const whole = quantityTerm(r, of)
  if (w.right.kind !== 'matrix' || w.relation !== '=' || !whole || r.moving || r.model.parameters.some(p => p.length !== undefined))
    return unknown
  if (w.left.kind === 'quantity' && w.left.at && Object.keys(w.left.at).length > 0) return unknown
  const { factor, entries } = w.right
  const written = (entries.length === 1 ? (entries[0] ?? []) : entries.flatMap(row => (row.length === 1 ? row : []))).map(
    t => resolved(r, factor ? mul(factor, t) : t) as Expr | undefined,
  )
  const own = r.unknowns.map(u => differentiate(whole, sym(u)))
  if (written.length !== own.length || written.some(t => !t || mentionsHat(t))) return unknown
  const compared = (order: readonly Expr[]): readonly Decision[] => order.map((t, k) => equal(r, t, written[k] as Expr))
  const found = compared(own)
  const isRight = (d: Decision): boolean => d.verdict === 'true'
  if (found.every(isRight) || compared([...own].reverse()).every(isRight))
    return { role: 'score', relation: '=', status: 'ok', message: '' }
  const bad = found.findIndex(d => d.verdict === 'false')
  const at = found[bad]?.at
  if (bad < 0 || !at || !found.some(isRight) || found.some(d => d.verdict === 'unknown')) return unknown
  return {
    role: 'score',
    relation: '=',
    status: 'wrong',
    message: `Entry ${bad + 1} of the gradient is another one.`,
    counter: { env: at, left: own[bad] as Expr, right: written[bad] as Expr },
  }
}

/** The matrix in another order of the parameters, or in the square or the root of one of them: what else may have been meant. */
const readings = (r: Reference, list: readonly (readonly (readonly Expr[])[])[]): readonly (readonly (readonly Expr[])[])[] => {
  const size = r.unknowns.length
  if (size > 2) return list
  const order = [...Array(size).keys()].reverse()
  const scales = (k: number): readonly Expr[] => {
    const u = sym(r.unknowns[k] as string)
    return [num(1), pow(mul(num(2), u), num(-1)), mul(num(2), sqrt(u))]
  }
  const factors = size === 1 ? scales(0).map(a => [a]) : scales(0).flatMap(a => scales(1).map(b => [a, b]))
  return list.flatMap(h =>
    factors.flatMap(f => {
      const scaled = h.map((row, i) => row.map((t, j) => mul(t, f[i] as Expr, f[j] as Expr)))
      return size === 1 ? [scaled] : [scaled, order.map(i => order.map(j => scaled[i]?.[j] as Expr))]
    }),
  )
}

/** The expected information, expectations taken under the model, in numbers. */
const expected = (
  r: Reference,
  perObservation: boolean,
  observed: readonly (readonly Expr[])[],
  terms: readonly (readonly Expr[])[],
  unknown: Ruling,
): Ruling => {
  const of = (scale: Expr): readonly (readonly Expr[])[] => observed.map(row => row.map(t => mul(scale, expect(t))))
  const n = r.size
  const agrees = (own: readonly (readonly Expr[])[]): boolean | undefined => {
    const envs = anywhere(r).slice(0, 3)
    let seen = 0
    for (const env of envs) {
      const [x, y] = [own, terms].map(rows => rows.map(row => row.map(t => numericValue(unhattedTerm(r, t), env, r.model))))
      if (!x || !y || [...x, ...y].some(row => row.some(v => !Number.isFinite(v)))) continue
      // an expectation that vanishes is only nearly 0: measured by the diagonal
      const scale = (i: number, j: number): number => Math.sqrt(Math.abs((x[i]?.[i] ?? 0) * (x[j]?.[j] ?? 0)))
      if (x.some((row, i) => row.some((v, j) => Math.abs(v - (y[i]?.[j] ?? 0)) > 2e-5 * scale(i, j)))) return false
      seen++
    }
    return seen > 0 ? true : undefined
  }
  const whole = of(num(1))
  const single = n && of(div(num(1), n))
  const wanted = perObservation && single ? single : whole
  const right = agrees(wanted)
  if (right === true) return { role: 'information', relation: '=', status: 'ok', message: '' }
  // of one observation, which many books write so; in other parameters
  if (right === undefined || readings(r, [wanted, ...(single && !perObservation ? [single] : [])]).some(h => agrees(h) === true))
    return unknown
  const mistake =
    perObservation && agrees(whole) === true ? 'info.per-obs' : agrees(wanted.map(row => row.map(neg))) === true ? 'info.sign' : undefined
  return {
    role: 'information',
    relation: '=',
    status: 'wrong',
    message: 'This is not what the model gives.',
    ...(mistake ? { mistake } : {}),
  }
}
