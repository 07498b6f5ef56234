/**
 * A second opinion from another computer algebra system: nerdamer's derivative of the log-likelihood written out over a
 * small sample, and the roots it proposes for a rational score. Evidence, never authority: its derivative is compared
 * numerically, and a proposed root counts only if the score vanishes there. The only file that imports nerdamer.
 *
 * Pitfalls met: `i` is the imaginary unit; gamma(x) and ln(x) silently become products; derivatives of roots of the
 * unknown are wrong, those of written-out logarithms right; `solve` offers poles as roots; a wall-clock timeout is armed
 * by default; expressions accumulate in a module-level list.
 */
import { createRequire } from 'node:module'
import type { Env } from '../term/evaluate.ts'
import type { Expr } from '../term/term.ts'
import { type Dialect, writtenOut } from './written-out.ts'

interface Expression {
  readonly text: (format?: 'decimals') => string
  readonly evaluate: (values: Record<string, string>) => Expression
}
interface Nerdamer {
  readonly diff: (text: string, variable: string) => Expression
  readonly solve: (text: string, variable: string) => Expression
  readonly flush: () => void
  readonly getCore: () => { readonly Settings: { TIMEOUT: number } }
}

const dialect: Dialect = {
  conditions: false,
  valuesOfKnown: true,
  constants: new Map([['pi', '3.14159265358979323846']]),
  functions: new Map([
    ['log', a => `log(${a[0]})`],
    ['exp', a => `e^(${a[0]})`],
  ]),
}

export interface SecondOpinion {
  /** Its derivative at the given points, where it is a real number. */
  readonly derivative: readonly (number | undefined)[]
  /** Real numbers that it proposes as roots of the derivative; undefined if it was not asked. */
  readonly roots: readonly number[] | undefined
}

let loaded: Nerdamer | undefined
const load = (): Nerdamer => {
  if (!loaded) {
    const require = createRequire(import.meta.url)
    loaded = require('nerdamer') as Nerdamer
    require('nerdamer/Algebra')
    require('nerdamer/Calculus')
    require('nerdamer/Solve')
    loaded.getCore().Settings.TIMEOUT = Number.MAX_SAFE_INTEGER // the answer must not depend on the machine's load
  }
  return loaded
}

const unknown = 'u'
/** A decimal number or a fraction of two; anything else (i, roots in letters) is no real number. */
const real = (text: string): number | undefined => {
  const parts = text.trim().split('/')
  if (parts.length > 2 || !parts.every(p => /^-?[\d.]+(e[+-]?\d+)?$/i.test(p))) return undefined
  const value = Number(parts[0]) / Number(parts[1] ?? 1)
  return Number.isFinite(value) ? value : undefined
}

/**
 * What nerdamer says about d/dθ of a log-likelihood over the data of `env`; undefined if it cannot read the term or fails.
 * @param points where the derivative is evaluated
 */
export const secondOpinion = (logLikelihood: Expr, env: Env, parameter: string, points: readonly number[]): SecondOpinion | undefined => {
  const text = writtenOut(logLikelihood, env, new Map([[parameter, unknown]]), dialect, 400)
  if (text === undefined || !text.includes(unknown)) return undefined
  const nerdamer = load()
  try {
    const slope = nerdamer.diff(text, unknown)
    const written = slope.text()
    const derivative = points.map(x => real(slope.evaluate({ [unknown]: String(x) }).text('decimals')))
    return { derivative, roots: isRational(written) ? proposedRoots(nerdamer, written) : undefined }
  } catch {
    return undefined
  } finally {
    nerdamer.flush()
  }
}

/**
 * A short rational function of the unknown: integer exponents, no functions, no power of a sum beyond the second. Anything
 * else may keep `solve` busy for ever.
 */
const isRational = (text: string): boolean =>
  text.length < 200 &&
  (text.match(/\(/g)?.length ?? 0) <= 8 &&
  !/[a-z]{2}/i.test(text) &&
  !/\)\^\(?-?[3-9]/.test(text) &&
  [...text.matchAll(/\^\(?(-?[\d./]+)\)?/g)].every(m => /^-?[1-4]$/.test(m[1] as string))

const proposedRoots = (nerdamer: Nerdamer, text: string): readonly number[] | undefined => {
  try {
    const list = nerdamer.solve(text, unknown).text('decimals')
    return list
      .replace(/^\[|\]$/g, '')
      .split(',')
      .map(r => real(r))
      .filter(r => r !== undefined)
  } catch {
    return undefined
  }
}
