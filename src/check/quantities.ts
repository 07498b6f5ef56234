/** What the sides of a relation are: the role of a named quantity, a side as a term, a relation as a proposition. */
import { at, type Expr, eq, type Prop, rel, sym } from '../term/term.ts'
import { substitute } from '../term/walk.ts'
import { quantityTerm, type Reference, resolved } from './reference.ts'
import type { Role } from './report.ts'
import type { Quantity, Relation, Side, What } from './statement.ts'

export type Relating = Extract<What, { kind: 'relation' }>

/** −ℓ, ℓ/n and the like are judged as ℓ is: up to constants, and with its mistakes. */
export const isLog = (q: Quantity): boolean => ['log-likelihood', 'average-log-likelihood', 'nll', 'average-nll'].includes(q.kind)

export const roleOf = (q: Quantity): Role => {
  switch (q.kind) {
    case 'likelihood':
    case 'relative-likelihood':
    case 'profile-likelihood':
      return 'likelihood'
    case 'density':
    case 'log-density':
    case 'distribution-function':
    case 'survival-function':
      return 'density'
    case 'derivative':
      return q.by.length > 1 ? 'second-derivative' : 'score'
    case 'gradient':
      return 'score'
    case 'hessian':
      return 'second-derivative'
    case 'estimator':
    case 'estimator-of':
      return 'estimator'
    case 'observed-information':
    case 'fisher-information':
    case 'standard-error':
    case 'variance':
    case 'bias':
      return 'information'
    default:
      return 'log-likelihood'
  }
}

/** A side as a term over data and parameters, named quantities exchanged for the model's own. */
export const sideTerm = (r: Reference, side: Side): Expr | undefined => {
  if (side.kind === 'term') return resolved(r, side.term) as Expr | undefined
  if (side.kind !== 'quantity') return undefined
  if (side.quantity.kind === 'estimator') {
    const { parameter, index } = side.quantity
    return index ? at(`${parameter}\u0302`, index) : sym(`${parameter}\u0302`)
  }
  const t = quantityTerm(r, side.quantity)
  return t && side.at ? substitute(t, new Map(Object.entries(side.at))) : t
}

export const shown: Readonly<Record<Relation, '=' | '∝' | '+const'>> = {
  '=': '=',
  '∝': '∝',
  '+const': '+const',
  '<': '=',
  '<=': '=',
  '>': '=',
  '>=': '=',
  '!=': '=',
  '≈': '=',
}

export const inequality = (relation: Relation, a: Expr, b: Expr): Prop | undefined => {
  switch (relation) {
    case '<':
      return rel('<', a, b)
    case '<=':
      return rel('<=', a, b)
    case '>':
      return rel('<', b, a)
    case '>=':
      return rel('<=', b, a)
    case '!=':
      return rel('!=', a, b)
    default:
      return undefined
  }
}

/** A relation between terms as a proposition. */
export const relationProp = (r: Reference, w: Relating): Prop | undefined => {
  const [a, b] = [sideTerm(r, w.left), sideTerm(r, w.right)]
  if (!a || !b) return undefined
  return w.relation === '=' ? eq(a, b) : inequality(w.relation, a, b)
}
