/** One component of a vector of parameters: what is said of p_j, as if p_j were a parameter of its own. */
import { type Env, evaluate } from '../term/evaluate.ts'
import { same } from '../term/order.ts'
import { type Expr, sym, type Term } from '../term/term.ts'
import { replace, subterms } from '../term/walk.ts'
import { hasArrayValue, type Reference } from './reference.ts'

type Values = ReadonlyMap<string, number | readonly number[]>

/** The component of a value that an index names; the first where none is told. */
export const component = (v: number | readonly number[] | undefined, index: Expr | undefined, env: Env): number => {
  if (v === undefined || typeof v === 'number') return v ?? Number.NaN
  const k = index === undefined ? (env.symbols.get('j') ?? 1) : evaluate(index, env)
  return v[Number.isInteger(k) ? k - 1 : 0] ?? Number.NaN
}

/** The one index with which a parameter stands in terms; undefined if there are several, or none. */
const indexOf = (parameter: string, terms: readonly Term[]): Expr | undefined => {
  const found = terms.flatMap(t =>
    subterms(t).flatMap(u => (u.kind === 'at' && (u.name === parameter || u.name === `${parameter}\u0302`) ? [u] : [])),
  )
  const [first] = found
  const index = first?.index[0]
  return first?.index.length === 1 && index?.free === 0 && found.every(u => u.index.length === 1 && same(u.index[0] as Expr, index))
    ? index
    : undefined
}

/** Terms and values in which the component stands as a plain symbol with the name of the vector; undefined for several components. */
export const scalarised = <T extends Term>(
  r: Reference,
  parameter: string,
  terms: readonly T[],
  env: Env,
  values: Values,
): { readonly terms: readonly T[]; readonly values: Values } | undefined => {
  if (!hasArrayValue(r, parameter)) return { terms, values }
  const index = indexOf(parameter, terms)
  if (index === undefined) return undefined
  const plain = (t: T): T =>
    subterms(t).reduce<Term>(
      (u, v) => (v.kind === 'at' && (v.name === parameter || v.name === `${parameter}\u0302`) ? replace(u as Expr, v, sym(v.name)) : u),
      t,
    ) as T
  return { terms: terms.map(plain), values: new Map(values).set(parameter, component(values.get(parameter), index, env)) }
}
