/** Shapes inside a logarithm that the mistakes with logs share. No slip is written here. */
import { type Expr, isNum, mulAll, neg } from '../../src/term/term.ts'
import { some } from '../../src/term/walk.ts'
import { factorsOf, without } from './places.ts'

type Call = Extract<Expr, { kind: 'fn' }>

/** What a log is of. */
export const argument = (t: Call): Expr | undefined => (t.name === 'log' ? t.args[0] : undefined)
export const hasLog = (t: Expr): boolean => some(t, u => u.kind === 'fn' && u.name === 'log')
/** −a → a, with the sign told. */
export const unsigned = (u: Expr): { readonly minus: boolean; readonly body: Expr } =>
  u.kind === 'mul' && isNum(u.factors[0] ?? u) && (u.factors[0] as { value: { num: bigint } }).value.num < 0n
    ? { minus: true, body: neg(u) }
    : { minus: false, body: u }

/** Each factor inside a log, with the product of the others. */
export const factorsInLog = (t: Call): readonly { readonly factor: Expr; readonly others: Expr }[] => {
  const u = argument(t)
  const parts = u ? factorsOf(u) : []
  return parts.map((factor, i) => ({ factor, others: mulAll(without(parts, i)) }))
}
/** The factors that are powers. */
export const powersInLog = (
  t: Call,
): readonly { readonly base: Expr; readonly exponent: Expr; readonly power: Expr; readonly others: Expr }[] =>
  factorsInLog(t).flatMap(({ factor, others }) =>
    factor.kind === 'pow' ? [{ base: factor.base, exponent: factor.exponent, power: factor, others }] : [],
  )
/** The factors that are exponentials, by their exponents. */
export const exponentsInLog = (t: Call): readonly { readonly exponent: Expr; readonly others: Expr }[] =>
  factorsInLog(t).flatMap(({ factor, others }) =>
    factor.kind === 'fn' && factor.name === 'exp' && factor.args[0] ? [{ exponent: factor.args[0], others }] : [],
  )
