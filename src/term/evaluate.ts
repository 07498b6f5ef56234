/**
 * The value of a term in doubles. Each node is compiled once to a closure, kept in a WeakMap; no text is ever
 * turned into code. Conventions: 0^0 = 1, 0·log 0 = 0, a false indicator makes its product 0 whatever else stands
 * in it, a negative power of 0 is +∞, an empty sum is 0, an empty product 1, an empty maximum −∞.
 * NaN where the value is undefined or a name has no value; expectations and limits are not evaluated.
 */
import { bigCode } from './evaluate-big.ts'
import { logCode } from './evaluate-log.ts'
import { inSet, propCode } from './evaluate-prop.ts'
import { functions } from './functions.ts'
import { bindMachine, type Code, type Env, type NestedNumbers, toInteger } from './machine.ts'
import { numericDerivative } from './numeric-derivative.ts'
import { isLong, oncePerPoint } from './once-per-point.ts'
import * as Q from './rational.ts'
import { isInteger, toNumber } from './rational.ts'
import { atRest } from './slider.ts'
import type { At, Call, Cases, Expr, Pow, Prop, SetTerm } from './term.ts'

export type { Env, NestedNumbers }

const memo = new WeakMap<Expr, Code>()
export const undefinedCode: Code = () => Number.NaN

/** The closure of a term. */
export const code = (t: Expr): Code => {
  const known = memo.get(t)
  if (known) return known
  const compiled = compile(t)
  memo.set(t, compiled)
  return compiled
}

/** sign·e^log of a term, for values whose parts leave the range of doubles. */
export const viaLog = (t: Expr): Code => {
  let compiled: Code | undefined
  return m => {
    compiled ??= logCode(t)
    const l = compiled(m)
    return m.sign === 0 && !Number.isNaN(l) ? 0 : m.sign * Math.exp(l)
  }
}

const symbolCode = (name: string): Code => {
  let epoch = -1
  let value = Number.NaN
  return m => {
    if (m.epoch !== epoch) {
      epoch = m.epoch
      value = m.symbols.get(name) ?? Number.NaN
    }
    return value
  }
}

const atCode = (t: At): Code => {
  const indices = t.index.map(code)
  const first = indices[0] ?? undefinedCode
  let epoch = -1
  let entries: NestedNumbers | undefined
  return m => {
    if (m.epoch !== epoch) {
      epoch = m.epoch
      entries = m.arrays.get(t.name)
    }
    let entry: number | NestedNumbers | undefined = entries?.[toInteger(first(m)) - 1]
    for (let k = 1; k < indices.length; k++) {
      if (typeof entry !== 'object') return Number.NaN
      entry = entry[toInteger((indices[k] as Code)(m)) - 1]
    }
    return typeof entry === 'number' ? entry : Number.NaN
  }
}

/** The other terms of a sum written 1 + v. */
const besideOne = (b: Expr): readonly Expr[] | undefined => {
  if (b.kind !== 'add' || !b.terms.some(u => u.kind === 'num' && Q.isOne(u.value))) return undefined
  const rest = b.terms.filter(u => u.kind !== 'num')
  return rest.length === b.terms.length - 1 ? rest : undefined
}

/** log b, by log1p where b is written 1 + v. */
const logOfBase = (b: Expr): Code => {
  const rest = besideOne(b)
  const value = rest ? addCode(rest) : code(b)
  return rest ? m => Math.log1p(value(m)) : m => Math.log(value(m))
}

/** c − c·e^u and c − c·b^e by expm1: near u = 0 the difference has no digits left. */
const differenceFromOne = (terms: readonly Expr[]): Code | undefined => {
  const [one, two, ...more] = terms
  if (!one || !two || more.length > 0 || one.kind !== 'num') return undefined
  const head = two.kind === 'mul' ? two.factors[0] : undefined
  const weight = head?.kind === 'num' ? head.value : Q.one
  const power = two.kind !== 'mul' ? two : head?.kind === 'num' && two.factors.length === 2 ? two.factors[1] : undefined
  if (!power || !Q.isZero(Q.plus(one.value, weight))) return undefined
  const k = Q.toNumber(weight)
  // 1 − Φ(v) is Φ(−v), 1 − erf v is erfc v
  if (power.kind === 'fn' && (power.name === 'Phi' || power.name === 'erf') && power.args[0]) {
    const [v, f] = [code(power.args[0]), functions.get(power.name === 'Phi' ? 'Phi' : 'erfc')?.value]
    const side = power.name === 'Phi' ? -1 : 1
    return f && (m => -k * f(side * v(m)))
  }
  if (power.kind === 'fn' && power.name === 'exp' && power.args[0]) {
    const u = code(power.args[0])
    return m => k * Math.expm1(u(m))
  }
  if (power.kind !== 'pow' || (power.base.kind === 'num' && power.exponent.kind === 'num')) return undefined
  const [base, exponent, plain] = [logOfBase(power.base), code(power.exponent), code(power)]
  // of a numeral the power itself is exact where no digits cancel
  const near = power.base.kind === 'num' ? 0.5 : Infinity
  return m => {
    const l = exponent(m) * base(m)
    return Number.isFinite(l) && Math.abs(l) < near ? k * Math.expm1(l) : k * plain(m) - k
  }
}

/** c·e^u − c·e^v as c·e^v(e^{u−v} − 1), for the same reason. */
const differenceOfExponentials = (terms: readonly Expr[]): Code | undefined => {
  if (terms.length !== 2) return undefined
  const parts = terms.map(t => {
    const list = t.kind === 'mul' ? t.factors : [t]
    const own = list.find(f => f.kind === 'fn' && f.name === 'exp')
    const rest = list.filter(f => f !== own)
    const weight = rest.length === 0 ? Q.one : rest.length === 1 && rest[0]?.kind === 'num' ? rest[0].value : undefined
    return own?.kind === 'fn' && own.args[0] && weight ? { weight, argument: own.args[0] } : undefined
  })
  const [a, b] = parts
  if (!a || !b || !Q.isZero(Q.plus(a.weight, b.weight))) return undefined
  const k = Q.toNumber(a.weight)
  const [u, v] = [code(a.argument), code(b.argument)]
  return m => {
    const [x, y] = [u(m), v(m)]
    const gap = x - y
    return Math.abs(gap) < 0.5 ? k * Math.exp(y) * Math.expm1(gap) : k * (Math.exp(x) - Math.exp(y))
  }
}

const addCode = (terms: readonly Expr[]): Code => {
  const difference = differenceFromOne(terms) ?? differenceOfExponentials(terms)
  if (difference) return difference
  const parts = terms.map(code)
  const [a, b] = parts as [Code, Code]
  if (parts.length === 2) return m => a(m) + b(m)
  return m => {
    let s = 0
    for (const part of parts) s += part(m)
    return s
  }
}

/** The product, where an exact 0 annihilates −∞ (0·log 0) and a false indicator annihilates everything. */
const mulCode = (t: Expr & { readonly factors: readonly Expr[] }): Code => {
  const indicators = t.factors.filter(f => f.kind === 'iverson').map(code)
  const parts = t.factors.filter(f => f.kind !== 'iverson').map(code)
  const slow = viaLog(t)
  const [a, b] = parts
  // p − p is 0 for finite p only. Else the product left the range of doubles on the way: 200!·0.01^200, or 0·log 0.
  if (indicators.length === 0 && a && b && parts.length === 2)
    return m => {
      const [u, v] = [a(m), b(m)]
      const p = u * v
      return p - p === 0 && (p !== 0 || u === 0 || v === 0) ? p : slow(m)
    }
  return m => {
    let undefinedIndicator = false
    for (const part of indicators) {
      const v = part(m)
      if (v === 0) return 0
      if (v !== 1) undefinedIndicator = true
    }
    if (undefinedIndicator) return Number.NaN
    let p = 1
    let zero = false
    for (const part of parts) {
      const v = part(m)
      if (v === 0) zero = true
      p *= v
    }
    return p - p === 0 && (p !== 0 || zero) ? p : slow(m)
  }
}

const powCode = (t: Pow): Code => {
  const b = code(t.base)
  const e = t.exponent
  if (e.kind === 'num') {
    const k = toNumber(e.value)
    if (k === -1)
      return m => {
        const v = b(m)
        return v === 0 ? Number.POSITIVE_INFINITY : 1 / v
      }
    if (k === 2)
      return m => {
        const v = b(m)
        return v * v
      }
    if (k === 0.5) return m => Math.sqrt(b(m))
    return m => power(b(m), k)
  }
  const k = code(e)
  return m => power(b(m), k(m))
}
/** NaN stays NaN under the exponent 0, and 0 has no sign. */
const power = (b: number, e: number): number => (Number.isNaN(b) ? b : (b === 0 ? 0 : b) ** e)

/** The logarithm; of arguments beyond the range of doubles by the log scale. */
const logOf = (u: Expr): Code => {
  const beside = besideOne(u)
  const value = code(u)
  const rest = beside && addCode(beside)
  let slow: Code | undefined
  return m => {
    // 1 + r is computed once, and by log1p where its digits would be lost
    const r = rest ? rest(m) : 0
    if (rest && r > -0.5 && r < 1) return Math.log1p(r)
    const v = rest ? 1 + r : value(m)
    if (v > 1e-290 && v < 1e290) return Math.log(v)
    if (v < 0 && v !== Number.NEGATIVE_INFINITY) return Number.NaN
    slow ??= logCode(u)
    const l = slow(m)
    return m.sign < 0 ? Number.NaN : l
  }
}

const fnCode = (name: string, args: readonly Expr[]): Code => {
  const info = functions.get(name)
  if (!info || info.arity !== args.length) return undefinedCode
  const f = info.value
  const [a, b] = args.map(code)
  if (name === 'log' && args[0]) return logOf(args[0])
  if (!a) {
    const constant = f()
    return () => constant
  }
  return b ? m => f(a(m), b(m)) : m => f(a(m))
}

const casesCode = (t: Cases): Code => {
  const branches = t.branches.map(b => ({ when: propCode(b.when), value: code(b.value) }))
  const otherwise = t.otherwise ? code(t.otherwise) : undefinedCode
  return m => {
    for (const { when, value } of branches) {
      const holds = when(m, 0)
      if (holds === 1) return value(m)
      if (holds !== 0) return Number.NaN
    }
    return otherwise(m)
  }
}

const callCode = (t: Call): Code => {
  const args = t.args.map(code)
  return m =>
    m.calls?.get(t.name)?.(
      args.map(a => a(m)),
      t.prime,
    ) ?? Number.NaN
}

const compile = (t: Expr): Code => {
  switch (t.kind) {
    case 'num': {
      const v = isInteger(t.value) ? Number(t.value.num) : toNumber(t.value)
      return () => v
    }
    case 'sym':
      return symbolCode(t.name)
    case 'bound':
      return m => m.stack[m.top - 1 - t.depth] ?? Number.NaN
    case 'at':
      return atCode(t)
    case 'add':
      return addCode(t.terms)
    case 'mul':
      return isLong(t) ? oncePerPoint(t, mulCode(t)) : mulCode(t)
    case 'pow':
      return isLong(t) ? oncePerPoint(t, powCode(t)) : powCode(t)
    case 'fn':
      return isLong(t) ? oncePerPoint(t, fnCode(t.name, t.args)) : fnCode(t.name, t.args)
    case 'big':
      return t.free === 0 ? atRest(t, bigCode(t)) : bigCode(t)
    case 'deriv':
      return numericDerivative(t)
    case 'iverson': {
      const holds = propCode(t.cond)
      return m => holds(m, 0)
    }
    case 'cases':
      return casesCode(t)
    case 'call':
      return callCode(t)
    case 'expect':
    case 'limit':
      return undefinedCode
    case 'infinity': {
      const v = t.negative ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
      return () => v
    }
    default:
      return t satisfies never
  }
}

// --- the public side --------------------------------------------------------------------------

/** The value of a term. NaN where it is undefined. */
export const evaluate = (t: Expr, env: Env): number => code(t)(bindMachine(env))

/**
 * Sign and log|value| without over- or underflow: products, powers, exp, Γ and binomials are taken on the log scale,
 * sums by log-sum-exp where they must. The value 0 is { sign: 0, log: −∞ }; an undefined one { sign: 0, log: NaN }.
 */
export const evaluateLog = (t: Expr, env: Env): { readonly sign: -1 | 0 | 1; readonly log: number } => {
  const m = bindMachine(env)
  const log = logCode(t)(m)
  if (Number.isNaN(log)) return { sign: 0, log }
  return { sign: m.sign > 0 ? 1 : m.sign < 0 ? -1 : 0, log: m.sign === 0 ? Number.NEGATIVE_INFINITY : log }
}

/**
 * Whether a proposition is true; false also where it is undefined. With a tolerance, sides are equal when they differ
 * by at most tolerance × (size of the summands on both sides), and exactly one of <, =, > holds.
 */
export const holds = (p: Prop, env: Env, tolerance = 0): boolean => propCode(p)(bindMachine(env), tolerance) === 1

/** Whether a number lies in a set; the tolerance is relative and serves equality with its elements and ends. */
export const contains = (set: SetTerm, value: number, env: Env, tolerance = 0): boolean => {
  const test = inSet(set)
  return test(bindMachine(env), value, Math.abs(value), tolerance) === 1
}
