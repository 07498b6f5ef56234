/**
 * An evaluator written by others: mathjs, given formulas written out over the data. It serves as evidence that our own
 * evaluator does not certify itself, and nothing else. The only file that imports mathjs, and only when asked.
 */
import type { Env } from '../term/evaluate.ts'
import type { Expr } from '../term/term.ts'
import { type Dialect, writtenOut } from './written-out.ts'

/** Value of a term at given values of its unknowns; undefined where mathjs cannot say. */
export type Evaluator = (values: ReadonlyMap<string, number>) => number | undefined

export interface Independent {
  /** Compiles the term over the data of `env`, leaving the unknowns open; undefined if mathjs has no words for it. */
  readonly compile: (term: Expr, env: Env, unknowns: readonly string[]) => Evaluator | undefined
}

const one =
  (name: string) =>
  (args: readonly string[]): string =>
    `${name}(${args[0]})`
const many =
  (name: string) =>
  (args: readonly string[]): string =>
    `${name}(${args.join(',')})`

const dialect: Dialect = {
  conditions: true,
  constants: new Map([
    ['pi', 'pi'],
    ['eulergamma', '0.5772156649015329'],
  ]),
  functions: new Map<string, (args: readonly string[]) => string>([
    ...[
      'log',
      'exp',
      'abs',
      'sign',
      'floor',
      'ceil',
      'cos',
      'sin',
      'tan',
      'atan',
      'asin',
      'acos',
      'gamma',
      'erf',
      'cosh',
      'sinh',
      'tanh',
      'sech',
      'asinh',
      'atanh',
    ].map(f => [f, one(f)] as const),
    ['loggamma', one('lgamma')], // NaN below 0
    ['factorial', one('factorial')],
    ['erfc', a => `(1-erf(${a[0]}))`],
    ['binomial', a => `(gamma(${a[0]}+1)/(gamma(${a[1]}+1)*gamma(${a[0]}-${a[1]}+1)))`],
    ['beta', a => `(gamma(${a[0]})*gamma(${a[1]})/gamma(${a[0]}+${a[1]}))`],
    ['max', many('max')],
    ['min', many('min')],
  ]),
}

let loaded: Promise<Independent> | undefined

/** Loads mathjs (once; 0.5 s and more). */
export const loadIndependent = (): Promise<Independent> => {
  loaded ??= import('mathjs/number').then(mathjs => ({
    compile: (term, env, unknowns) => {
      const spelling = new Map(unknowns.map((name, k) => [name, `u${k + 1}`]))
      const text = writtenOut(term, env, spelling, dialect)
      if (text === undefined) return undefined
      try {
        const code = mathjs.compile(text)
        return values => {
          const scope: Record<string, number> = {}
          for (const [name, letter] of spelling) scope[letter] = values.get(name) ?? Number.NaN
          try {
            const value: unknown = code.evaluate(scope)
            return typeof value === 'number' && !Number.isNaN(value) ? value : undefined
          } catch {
            return undefined
          }
        }
      } catch {
        return undefined
      }
    },
  }))
  return loaded
}
