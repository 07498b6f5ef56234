/**
 * Slopes and curvature of the model's own log-likelihood in numbers, by differences (`term/numeric-derivative.ts`):
 * the reference for scores, Hessians and observed information of any model, vectors of parameters included. NaN at kinks,
 * at ends and where the likelihood is 0.
 */
import { type Coordinate, coordinatesOf, type Point, pointOf } from '../estimate/coordinates.ts'
import { logLikelihood } from '../estimate/likelihood-value.ts'
import type { Model } from '../model/model.ts'
import type { Env } from '../term/evaluate.ts'
import { differentiate } from '../term/numeric-derivative.ts'

/** The values of the coordinates at a point, or in an environment that has the parameters. */
export const valuesAt = (coordinates: readonly Coordinate[], point: Point): readonly number[] =>
  coordinates.map(c => {
    const v = point.get(c.name)
    return (c.component === undefined ? (v as number | undefined) : (v as readonly number[] | undefined)?.[c.component]) ?? Number.NaN
  })

/** The parameters of an environment as a point. */
export const pointIn = (model: Model, env: Env): Point =>
  new Map(
    model.parameters.flatMap(p => {
      const v = p.length ? (env.arrays.get(p.name) as readonly number[] | undefined) : env.symbols.get(p.name)
      return v === undefined ? [] : [[p.name, v] as const]
    }),
  )

export interface Derivatives {
  readonly coordinates: readonly Coordinate[]
  /** ∂ log L/∂θ_a, in the order of the coordinates. */
  readonly gradient: readonly number[]
  /** ∂² log L/∂θ_a ∂θ_b. Joint equations between the parameters are not taken into account. */
  readonly hessian: readonly (readonly number[])[]
}

/** f along coordinates a and b: the mixed derivative is a quarter of the difference of two second ones. */
const mixed = (f: (v: readonly number[]) => number, at: readonly number[], a: number, b: number): number => {
  // both steps of a natural size: 1 stands for |θ_a| and |θ_b|
  const scale = at.map(x => Math.max(Math.abs(x), 0.05))
  const along = (sign: 1 | -1): number =>
    differentiate(
      t =>
        f(
          at.map((x, k) =>
            k === a ? x + (t - 1) * 0.5 * (scale[a] as number) : k === b ? x + sign * (t - 1) * 0.5 * (scale[b] as number) : x,
          ),
        ),
      1,
      2,
    )
  return (along(1) - along(-1)) / ((scale[a] as number) * (scale[b] as number))
}

/** The derivatives at a point of the parameter space; at the parameters of the environment unless told. */
export const derivativesAt = (model: Model, env: Env, point: Point = pointIn(model, env)): Derivatives => {
  const coordinates = coordinatesOf(model, env)
  const value = logLikelihood(model, env)
  const f = (v: readonly number[]): number => value(pointOf(coordinates, v))
  const at = valuesAt(coordinates, point)
  const alone =
    (k: number) =>
    (x: number): number =>
      f(at.map((y, j) => (j === k ? x : y)))
  const gradient = at.map((x, k) => differentiate(alone(k), x, 1))
  const second = at.map((x, k) => differentiate(alone(k), x, 2))
  const hessian = at.map((_, a) => at.map((_, b) => (a === b ? (second[a] as number) : mixed(f, at, Math.min(a, b), Math.max(a, b)))))
  return { coordinates, gradient, hessian }
}
