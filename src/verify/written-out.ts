/**
 * A term over given data as a text without sums, products or indices: what an evaluator written by others can read.
 * Data and knowns are written as numbers; only the named unknowns stay. Declines what the other party cannot say.
 */
import { type Env, evaluate, type NestedNumbers } from '../term/evaluate.ts'
import * as Q from '../term/rational.ts'
import { type Expr, num, type Prop, type SetTerm } from '../term/term.ts'
import { instantiate, symbolsOf } from '../term/walk.ts'

/** How another system spells things. */
export interface Dialect {
  /** Functions of the table, by canonical name; absent: not known there. */
  readonly functions: ReadonlyMap<string, (args: readonly string[]) => string>
  /** A condition as a truth value and its use in `c ? a : b`; absent: no conditions. */
  readonly conditions: boolean
  readonly constants: ReadonlyMap<string, string>
  /** Functions that it does not know, of known numbers, may be given by their value. */
  readonly valuesOfKnown?: true
}

class Unsayable extends Error {}
const decline = (what: string): never => {
  throw new Unsayable(what)
}

const numberText = (x: number): string => {
  if (!Number.isFinite(x)) return decline('a value that is not finite')
  return x < 0 ? `(${x})` : String(x)
}
const rationalText = (q: Q.Rational): string => {
  const text = Q.isInteger(q) ? `${q.num}` : `(${q.num}/${q.den})`
  return q.num < 0n ? `(${text})` : text
}

const entry = (array: NestedNumbers | undefined, index: readonly number[]): number => {
  let here: NestedNumbers | number | undefined = array
  for (const i of index) here = typeof here === 'object' ? (here[i - 1] as NestedNumbers | number | undefined) : undefined
  return typeof here === 'number' ? here : decline('an entry that the data do not have')
}

/**
 * The term as text, or undefined if the dialect cannot say it.
 * @param unknowns spelling of the symbols that stay
 */
export const writtenOut = (
  term: Expr,
  env: Env,
  unknowns: ReadonlyMap<string, string>,
  dialect: Dialect,
  fuel = 4000,
): string | undefined => {
  let left = fuel
  const index = (t: Expr, at: readonly number[]): number => {
    if (t.kind === 'bound') return at[t.depth] ?? decline('a loose index')
    if (t.kind === 'add') return t.terms.reduce((s, u) => s + index(u, at), 0)
    if (t.kind === 'mul') return t.factors.reduce((s, u) => s * index(u, at), 1)
    if (t.kind === 'at')
      return entry(
        env.arrays.get(t.name),
        t.index.map(u => index(u, at)),
      )
    return evaluate(t, env)
  }
  const all = (lo: Expr, hi: Expr, at: readonly number[], write: (at: readonly number[]) => string): string[] => {
    const [a, b] = [index(lo, at), index(hi, at)]
    if (!Number.isInteger(a) || !Number.isInteger(b) || b - a > 1000) return decline('a range')
    return Array.from({ length: Math.max(0, b - a + 1) }, (_, k) => write([a + k, ...at]))
  }
  const go = (t: Expr, at: readonly number[]): string => {
    if (left-- <= 0) return decline('length')
    switch (t.kind) {
      case 'num':
        return rationalText(t.value)
      case 'sym': {
        const spelling = unknowns.get(t.name)
        if (spelling !== undefined) return spelling
        const value = env.symbols.get(t.name)
        return value === undefined ? decline(t.name) : numberText(value)
      }
      case 'bound':
        return numberText(at[t.depth] ?? decline('a loose index'))
      case 'at':
        return numberText(
          entry(
            env.arrays.get(t.name),
            t.index.map(u => index(u, at)),
          ),
        )
      case 'add':
        return `(${t.terms.map(u => go(u, at)).join('+')})`
      case 'mul':
        return `(${t.factors.map(u => go(u, at)).join('*')})`
      case 'pow':
        return `((${go(t.base, at)})^(${go(t.exponent, at)}))`
      case 'fn': {
        const constant = dialect.constants.get(t.name)
        if (constant !== undefined) return constant
        const spell = dialect.functions.get(t.name)
        if (spell) return spell(t.args.map(u => go(u, at)))
        const known = dialect.valuesOfKnown && ![...symbolsOf(t)].some(name => unknowns.has(name))
        return known
          ? numberText(
              evaluate(
                at.reduce((u: Expr, i) => instantiate(u, num(i)), t),
                env,
              ),
            )
          : decline(t.name)
      }
      case 'big': {
        if (t.op === 'order') return decline('an order statistic')
        const parts = all(t.lo, t.hi, at, inner => go(t.body, inner))
        if (t.op === 'sum') return parts.length ? `(${parts.join('+')})` : '0'
        if (t.op === 'prod') return parts.length ? `(${parts.join('*')})` : '1'
        const spell = dialect.functions.get(t.op)
        return spell && parts.length ? spell(parts) : decline(t.op)
      }
      case 'iverson':
        return `((${truth(t.cond, at)}) ? 1 : 0)`
      case 'cases': {
        const last = t.otherwise ? go(t.otherwise, at) : decline('a case without otherwise')
        return t.branches.reduceRight((rest, b) => `((${truth(b.when, at)}) ? (${go(b.value, at)}) : (${rest}))`, last)
      }
      default:
        return decline(t.kind)
    }
  }
  const member = (element: string, set: SetTerm, at: readonly number[]): string => {
    if (set.kind === 'finite') return `(${set.elements.map(e => `${element} == ${go(e, at)}`).join(' or ')})`
    const parts: string[] = []
    const closed = set.kind === 'range' ? [true, true] : set.closed
    if (set.lo.kind !== 'infinity') parts.push(`(${go(set.lo, at)}) <${closed[0] ? '=' : ''} ${element}`)
    if (set.hi.kind !== 'infinity') parts.push(`${element} <${closed[1] ? '=' : ''} (${go(set.hi, at)})`)
    return parts.length ? `(${parts.join(' and ')})` : 'true'
  }
  const truth = (p: Prop, at: readonly number[]): string => {
    if (!dialect.conditions) return decline('a condition')
    switch (p.kind) {
      case 'rel':
        return `(${go(p.left, at)} ${p.op === '=' ? '==' : p.op} ${go(p.right, at)})`
      case 'in':
        return member(`(${go(p.element, at)})`, p.set, at)
      case 'and':
        return p.props.length ? `(${p.props.map(q => truth(q, at)).join(' and ')})` : 'true'
      case 'or':
        return p.props.length ? `(${p.props.map(q => truth(q, at)).join(' or ')})` : 'false'
      case 'not':
        return `(not ${truth(p.prop, at)})`
      case 'all': {
        const parts = all(p.lo, p.hi, at, inner => truth(p.body, inner))
        return parts.length ? `(${parts.join(' and ')})` : 'true'
      }
    }
  }
  try {
    return go(term, [])
  } catch (e) {
    if (e instanceof Unsayable) return undefined
    throw e
  }
}
