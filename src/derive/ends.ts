/**
 * The two ends of the parameter space: where they are, whether they belong to it, and what a term becomes there. An
 * end at which the density itself is not defined (σ = 0 in a normal density) is left out, whatever was declared.
 */
import type { Context } from '../rewrite/facts.ts'
import { signOf } from '../rewrite/sign.ts'
import { normalForm } from '../term/normal-form.ts'
import { type Expr, isZero, type Term, ZERO } from '../term/term.ts'
import { mapChildren, some, substitute } from '../term/walk.ts'
import type { Setting } from './setting.ts'

export type EndName = 'lo' | 'hi'
export const ends: readonly EndName[] = ['lo', 'hi']

export const endOf = (s: Setting, end: EndName): Expr => s.space[end]
export const endWords = (end: EndName): string => (end === 'lo' ? 'left end' : 'right end')

const isDeclared = (s: Setting, end: EndName): boolean =>
  s.parameter.domain.kind === 'interval' && s.parameter.domain.closed[end === 'lo' ? 0 : 1]

/** 0, |0|, c − c. */
const isNought = (t: Expr): boolean => isZero(t) || ((t.kind === 'add' || t.kind === 'fn') && isZero(normalForm(t)))

/** A power of zero to a negative exponent, or a function outside of its domain: the density has no value there. */
const degenerates = (t: Term, cx: Context): boolean =>
  some(t, u => {
    if (u.kind === 'pow') return isNought(u.base) && ['neg', 'nonpos'].includes(signOf(u.exponent, cx)?.sign ?? '')
    return u.kind === 'fn' && ['log', 'gamma', 'loggamma', 'digamma'].includes(u.name) && u.args[0] !== undefined && isZero(u.args[0])
  })

/** A declared end at which the density is not defined. */
export const isUndefinedEnd = (s: Setting, end: EndName): boolean =>
  isDeclared(s, end) && degenerates(substitute(s.sample.density, new Map([[s.unknown.name, endOf(s, end)]])), s.closed)

/** True if the end belongs to the parameter space and the density is defined there. */
export const isIncluded = (s: Setting, end: EndName): boolean => isDeclared(s, end) && !isUndefinedEnd(s, end)

/** 0^e is 0 for e > 0. */
export const vanishingPowers = (t: Expr, cx: Context): Expr => {
  const go = (u: Term): Term => {
    const v = mapChildren(u, go)
    if (v.kind !== 'pow') return v
    return isNought(v.base) && signOf(v.exponent, cx)?.sign === 'pos' ? ZERO : v
  }
  return go(t) as Expr
}

/** Where the maximum is the only one: all of an open parameter space, or its interior. */
export const onInterior = (s: Setting): string =>
  ends.some(e => isIncluded(s, e)) ? 'on the interior of the parameter space' : 'on the whole parameter space'
