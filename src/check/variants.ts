/**
 * One mistake switched on: every term that one slip of the bank, made at one place, turns a term into. A derivative is taken
 * step by step, so that a slip may happen at any of its steps; what is left of it afterwards is taken soundly.
 */
import { type Mistake, mistakes, type Slip } from '../../rules/mistakes.ts'
import type { Context } from '../rewrite/facts.ts'
import { functions } from '../term/functions.ts'
import {
  add,
  addAll,
  type Big,
  big,
  type Deriv,
  deriv,
  type Expr,
  type Kind,
  log,
  MINUS_ONE,
  mul,
  mulAll,
  pow,
  type Term,
} from '../term/term.ts'
import { children, mapChildren, mentions } from '../term/walk.ts'

export interface Variant {
  readonly id: string
  readonly term: Term
}

const byHead: ReadonlyMap<Kind, readonly { readonly mistake: Mistake; readonly slip: Slip }[]> = (() => {
  const map = new Map<Kind, { mistake: Mistake; slip: Slip }[]>()
  for (const mistake of mistakes)
    for (const slip of mistake.slips)
      for (const head of typeof slip.on === 'string' ? [slip.on] : slip.on) map.set(head, [...(map.get(head) ?? []), { mistake, slip }])
  return map
})()

/** The sound first step of a derivative, inner derivatives left to be taken; undefined where there is none left to see. */
const firstStep = (t: Deriv): Expr | undefined => {
  const { body, wrt } = t
  if (t.order > 1) return deriv(deriv(body, wrt, t.order - 1), wrt)
  if (wrt.kind !== 'sym' || !mentions(body, wrt.name)) return undefined
  const inner = (u: Expr): Expr => deriv(u, wrt)
  switch (body.kind) {
    case 'add':
      return addAll(body.terms.map(inner))
    case 'mul': {
      const varying = body.factors.filter(f => mentions(f, wrt.name))
      const fixed = body.factors.filter(f => !mentions(f, wrt.name))
      if (fixed.length === 0 && varying.length === 1) return undefined
      return mulAll([...fixed, addAll(varying.map((f, i) => mulAll([inner(f), ...varying.filter((_, k) => k !== i)])))])
    }
    case 'pow': {
      if (mentions(body.exponent, wrt.name))
        return mentions(body.base, wrt.name) ? undefined : mul(body, log(body.base), inner(body.exponent))
      return mul(body.exponent, pow(body.base, add(body.exponent, MINUS_ONE)), inner(body.base))
    }
    case 'fn': {
      const [only, ...others] = body.args
      const outer = functions.get(body.name)?.derivative(body.args)[0]
      return only && others.length === 0 && outer ? mul(outer, inner(only)) : undefined
    }
    case 'big':
      return body.op === 'sum' ? big('sum', body.lo, body.hi, deriv(body.body, wrt)) : undefined
    default:
      return undefined
  }
}

/** Σ(f + g) as Σf + Σg and Π fg as Πf·Πg: slips happen in one of the parts. */
const splitBinder = (t: Big): Expr | undefined => {
  if (t.op === 'sum' && t.body.kind === 'add') return addAll(t.body.terms.map(u => big('sum', t.lo, t.hi, u)))
  if (t.op === 'prod' && t.body.kind === 'mul') return mulAll(t.body.factors.map(u => big('prod', t.lo, t.hi, u)))
  return undefined
}

/** One slip made at every place where it can be made, for those made at two places or more. */
export const everywhere = (t: Term, cx: Context): readonly Variant[] =>
  mistakes.flatMap(mistake =>
    mistake.slips.flatMap(slip =>
      [0, 1].flatMap(k => {
        const heads: readonly Kind[] = typeof slip.on === 'string' ? [slip.on] : slip.on
        let count = 0
        const made = (u: Term): Term | undefined => {
          const v = heads.includes(u.kind) ? slip.rewrite(u as never, cx)[k] : undefined
          if (v) count++
          return v
        }
        const go = (u: Term): Term => {
          if (u.kind !== 'deriv') {
            const v = mapChildren(u, go)
            return made(v) ?? v
          }
          const step = firstStep(u)
          return made(u) ?? (step ? go(step) : u)
        }
        const term = go(t)
        return count > 1 && count < 12 ? [{ id: mistake.id, term }] : []
      }),
    ),
  )

const most = 600
const memories = new WeakMap<readonly string[], WeakMap<Term, readonly Variant[]>>()

/** Every term with one slip in it, the likeliest places first; at most a few hundred. */
export const variants = (t: Term, cx: Context): readonly Variant[] => {
  const memory = memories.get(cx.unknowns) ?? new WeakMap<Term, readonly Variant[]>()
  memories.set(cx.unknowns, memory)
  const of = (u: Term, depth: number): readonly Variant[] => {
    const known = memory.get(u)
    if (known) return known
    const found: Variant[] = []
    for (const { mistake, slip } of byHead.get(u.kind) ?? [])
      for (const term of slip.rewrite(u as never, cx)) found.push({ id: mistake.id, term })
    if (u.kind === 'big' && depth < 40) {
      const split = splitBinder(u)
      if (split) found.push(...of(split, depth + 1))
    }
    if (u.kind === 'deriv') {
      const step = firstStep(u)
      if (step && depth < 40) found.push(...of(step, depth + 1))
    } else {
      children(u).forEach((c, i) => {
        if (found.length > most) return
        for (const v of of(c, depth + 1)) found.push({ id: v.id, term: mapChildren(u, (w, j) => (j === i ? v.term : w)) })
      })
    }
    memory.set(u, found)
    return found
  }
  return of(t, 0)
}
