/**
 * Samples on which an answer is tried: simulated from the model at random parameters, and degenerate ones (a single
 * observation, all at an end of the support, all equal). Values are short decimals, so that ends of supports that meet
 * them are exact. Seeded; knowns are drawn from their domains.
 */
import { gridBetween, placeOf } from '../estimate/coordinates.ts'
import { type Model, modelContext } from '../model/model.ts'
import { contains, type Env, evaluate } from '../term/evaluate.ts'
import { arraysOfModel, drawSetting } from './draw.ts'
import { modelDrawer } from './model-draw.ts'
import type { Random } from './random.ts'
import type { Manner } from './spread.ts'

/** Everything but the unknowns: what `estimate` is given. */
const withoutUnknowns = (model: Model, env: Env): Env => {
  const symbols = new Map(env.symbols)
  const arrays = new Map(env.arrays)
  for (const p of model.parameters) {
    symbols.delete(p.name)
    arrays.delete(p.name)
  }
  return { ...env, symbols, arrays }
}

const short = (x: number): number => Number(x.toPrecision(3))

/** A function that draws one observation of a scalar density by inverting its numeric distribution function. */
const drawer = (model: Model, env: Env): ((rng: Random) => number) | undefined => {
  const [sample, ...others] = model.samples
  const [variable, ...parts] = sample?.variables ?? []
  if (!sample || !variable || variable.length || others.length > 0 || parts.length > 0 || sample.covariates.length > 0) return undefined
  const symbols = new Map(env.symbols)
  const here: Env = { ...env, symbols }
  const f = (x: number): number => {
    symbols.set(variable.name, x)
    const y = evaluate(sample.density, here)
    return y > 0 && Number.isFinite(y) ? y : 0
  }
  const place = placeOf(variable.support, env)
  let xs: readonly number[]
  let weights: number[]
  if (place.kind === 'real') {
    xs = gridBetween(place.lo, place.hi, 12)
    const ys = xs.map(f)
    weights = xs.map((x, i) => {
      const [a, b] = [xs[i - 1], xs[i + 1]]
      return (ys[i] as number) * (((b ?? x) - (a ?? x)) / 2)
    })
  } else {
    xs =
      place.kind === 'finite'
        ? place.values
        : Array.from({ length: 400 }, (_, k) => (Number.isFinite(place.lo) ? place.lo : -200) + k).filter(x => x <= place.hi)
    weights = xs.map(f)
  }
  const total = weights.reduce((s, w) => s + w, 0)
  if (!(total > 0)) return undefined
  return rng => {
    let left = rng() * total
    for (let i = 0; i < xs.length; i++) {
      left -= weights[i] as number
      if (left > 0) continue
      const [x, next] = [xs[i] as number, xs[i + 1]]
      if (place.kind !== 'real') return x
      const between = short(x + rng() * ((next ?? x) - x))
      return contains(variable.support, between, env) ? between : x
    }
    return xs.at(-1) as number
  }
}

const simulated = (model: Model, size: number, rng: Random): Env | undefined => {
  const env = drawSetting(modelContext(model), { arrays: arraysOfModel(model), size }, rng)
  const draw = env && drawer(model, env)
  const name = model.samples[0]?.variables[0]?.name
  if (!env) return undefined
  // observations of another shape are spread over their support at parameters that allow them
  if (!draw || name === undefined) return withoutUnknowns(model, modelDrawer(model, { size })(rng) ?? env)
  const n = (env.arrays.get(name) ?? []).length
  return withoutUnknowns(model, {
    ...env,
    arrays: new Map(env.arrays).set(
      name,
      Array.from({ length: n }, () => draw(rng)),
    ),
  })
}

const degenerate: readonly { readonly manner: Manner; readonly size: number }[] = [
  { manner: 'spread', size: 1 },
  { manner: 'lowest', size: 3 },
  { manner: 'highest', size: 3 },
  { manner: 'equal', size: 4 },
]

/**
 * Environments without the unknowns: `count` simulated ones and the degenerate ones that the model admits.
 * Assumptions of the model about its sample hold in all of them, or there are none.
 */
export const samplesFor = (model: Model, count: number, rng: Random): readonly Env[] => {
  const found: Env[] = []
  const keep = (env: Env | undefined): void => {
    if (env) found.push(env)
  }
  const sizes = [5, 8, 3, 6, 2, 4]
  const plain = model.assume.length === 0
  for (let k = 0; k < count && plain; k++) keep(simulated(model, sizes[k % sizes.length] as number, rng))
  const cx = modelContext(model)
  for (const { manner, size } of degenerate) {
    const env = drawSetting(cx, { arrays: arraysOfModel(model), size, manner, tries: 20 }, rng)
    keep(env && withoutUnknowns(model, env))
  }
  return found
}
