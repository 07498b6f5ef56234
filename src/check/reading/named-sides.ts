/** A term as a side of a relation: the quantity that it names, or the term; and a side as a term again. */
import { same } from '../../term/order.ts'
import { call, type Expr, ONE, sym } from '../../term/term.ts'
import { type Quantity, quantityOfCall, type Side, unhatted } from '../statement.ts'
import type { Notation } from './notation.ts'

/** A side as a term, where it is one. */
export const termOfSide = (n: Notation, s: Side): Expr => {
  switch (s.kind) {
    case 'term':
      return s.term
    case 'quantity': {
      const name = [...quantityOfCall].find(([, kind]) => kind === s.quantity.kind)?.[0] ?? 'ell'
      return call(
        name,
        n.parameters.map(p => (p.kind === 'sym' ? (s.at?.[p.name] ?? p) : p)),
      )
    }
    case 'argmax':
    case 'max':
      return termOfSide(n, s.of)
    case 'matrix':
      return s.entries[0]?.[0] ?? ONE
  }
}

/** Quantity or term. */
export const sideOf = (n: Notation, t: Expr): Side => {
  const q = quantityOf(n, t)
  return q ? { kind: 'quantity', quantity: q.quantity, ...(q.at ? { at: q.at } : {}) } : { kind: 'term', term: t }
}

interface Found {
  readonly quantity: Quantity
  readonly at?: Readonly<Record<string, Expr>>
}

export const quantityOf = (n: Notation, t: Expr): Found | undefined => {
  if (t.kind === 'sym') {
    const p = unhatted(t.name)
    return p === undefined ? undefined : { quantity: { kind: 'estimator', parameter: p } }
  }
  if (t.kind === 'at') {
    const p = unhatted(t.name)
    const [index] = t.index
    return p === undefined ? undefined : { quantity: { kind: 'estimator', parameter: p, ...(index ? { index } : {}) } }
  }
  if (t.kind === 'deriv') {
    const of = quantityOf(n, t.body)
    if (!of || of.quantity.kind === 'estimator') return undefined
    const by = Array.from({ length: t.order }, () => t.wrt)
    if (of.quantity.kind === 'derivative')
      return { ...of, quantity: { kind: 'derivative', of: of.quantity.of, by: [...of.quantity.by, ...by] } }
    return { ...of, quantity: { kind: 'derivative', of: of.quantity, by } }
  }
  if (t.kind === 'fn' && t.name === 'log' && t.args[0]?.kind === 'call' && t.args[0].name === 'f') {
    const inner = quantityOf(n, t.args[0])
    return inner?.quantity.kind === 'density' ? { ...inner, quantity: { ...inner.quantity, kind: 'log-density' } } : undefined
  }
  // log L′ is said of the derivative of log L
  const logged = t.kind === 'fn' && t.name === 'log' ? t.args[0] : undefined
  if (logged?.kind === 'call' && logged.name === 'L' && logged.prime.some(k => k > 0))
    return quantityOf(n, call('ell', logged.args, logged.prime))
  if (t.kind !== 'call') return undefined
  const kind = quantityOfCall.get(t.name)
  if (kind === undefined) return undefined
  const parameters = kind === 'density' || kind === 'distribution-function' || kind === 'survival-function' ? t.args.slice(1) : t.args
  const at: Record<string, Expr> = {}
  parameters.forEach((a, k) => {
    const p = n.parameters[k]
    if (p?.kind === 'sym' && !same(p, a)) at[p.name] = a
  })
  const places = Object.keys(at).length > 0 ? { at } : {}
  const prime = t.prime.reduce((s, k) => s + k, 0)
  const wrap = (q: Quantity): Found => {
    const [first] = n.parameters
    if (prime === 0 || !first) return { quantity: q, ...places }
    if (n.parameters.length > 1) return { quantity: { kind: prime === 1 ? 'gradient' : 'hessian', of: q }, ...places }
    return { quantity: { kind: 'derivative', of: q, by: Array.from({ length: prime }, () => first) }, ...places }
  }
  switch (kind) {
    case 'density':
    case 'distribution-function':
    case 'survival-function':
      return wrap({ kind, observation: t.args[0] ?? sym('x') })
    case 'likelihood':
    case 'log-likelihood':
    case 'average-log-likelihood':
    case 'nll':
    case 'average-nll':
    case 'relative-likelihood':
    case 'profile-log-likelihood':
    case 'profile-likelihood':
      return wrap({ kind })
    case 'observed-information':
    case 'fisher-information':
      return { quantity: t.name.endsWith('-1') ? { kind, perObservation: true } : { kind }, ...places }
    case 'standard-error':
    case 'variance':
    case 'bias':
      return { quantity: { kind, of: t.args[0] ?? ONE } }
    default:
      return undefined
  }
}
