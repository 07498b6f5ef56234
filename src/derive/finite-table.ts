/**
 * A single observation with few possible values and a parameter with few: the probabilities as a table, a row for each
 * value of the observation, and in each row the largest. Refuses probabilities that are not numbers.
 */

import type { Block, Phrase } from '../document/document.ts'
import { joined, say } from '../document/say.ts'
import { fewValues } from '../rewrite/few-values.ts'
import { signOf } from '../rewrite/sign.ts'
import { normalForm, reduceFraction } from '../term/normal-form.ts'
import { at, call, type Expr, eq, finite, isIn, isOne, isZero, ONE, type Prop, sub } from '../term/term.ts'
import { substitute, symbolsOf } from '../term/walk.ts'
import type { Verdict } from './comparison.ts'
import type { Setting } from './setting.ts'

export interface ProbabilityTable {
  readonly block: Block
  readonly verdicts: readonly Verdict[]
}

/** The places of the largest of some constants; undefined where two of them cannot be told apart. */
const largest = (values: readonly Expr[], s: Setting): readonly number[] | undefined => {
  let best: number[] = []
  for (const [k, v] of values.entries()) {
    const top = best[0] === undefined ? undefined : values[best[0]]
    if (!top) {
      best = [k]
      continue
    }
    const difference = normalForm(sub(v, top))
    const sign = isZero(difference) ? 'zero' : signOf(difference, s.closed)?.sign
    if (sign === 'pos') best = [k]
    else if (sign === 'zero') best.push(k)
    else if (sign !== 'neg') return undefined
  }
  return best
}

/** The table of f(x | θ) for one observation, and which θ is best for which x. */
export const probabilityTable = (s: Setting, thetas: readonly Expr[]): ProbabilityTable | undefined => {
  const [variable, ...parts] = s.sample.variables
  const xs =
    variable && !s.moving && isOne(s.size) && s.model.assume.length === 0 && parts.length === 0 ? fewValues(variable.support) : undefined
  if (!variable || !xs || s.sample.covariates.length > 0) return undefined
  const value = (x: Expr, theta: Expr): Expr =>
    reduceFraction(
      substitute(
        s.sample.density,
        new Map([
          [variable.name, x],
          [s.unknown.name, theta],
        ]),
      ),
    )
  const rows = xs.map(x => thetas.map(theta => value(x, theta)))
  if (rows.some(row => row.some(v => symbolsOf(v).size > 0 || v.kind === 'cases'))) return undefined
  const best = rows.map(row => (row.every(isZero) ? [] : largest(row, s)))
  if (best.some(b => b === undefined)) return undefined
  const observation = at(variable.name, ONE)
  const found: { readonly key: string; readonly xs: Expr[]; readonly best: readonly Expr[] }[] = []
  for (const [r, x] of xs.entries()) {
    const places = best[r] ?? []
    if (places.length === 0) continue
    const same = found.find(f => f.key === places.join())
    if (same) same.xs.push(x)
    else found.push({ key: places.join(), xs: [x], best: places.map(k => thetas[k] as Expr) })
  }
  const cell = (row: readonly Expr[], r: number, k: number): Phrase => {
    const shown = say`${row[k] as Expr}`
    return (best[r] ?? []).includes(k) ? [{ strong: shown }, ...((best[r] ?? []).length > 1 ? [' (tied)'] : [' (largest)'])] : shown
  }
  const list = (items: readonly Expr[]): Phrase =>
    items.length === 0
      ? ['none: this value has probability 0']
      : joined(
          items.map(e => say`${e}`),
          ', ',
          ' or ',
        )
  return {
    block: {
      type: 'table',
      head: [say`${observation}`, ...thetas.map(t => say`${call('L', [t])}`), ['best']],
      rows: rows.map((row, r) => [
        say`${xs[r] as Expr}`,
        ...row.map((_, k) => cell(row, r, k)),
        list((best[r] ?? []).map(k => thetas[k] as Expr)),
      ]),
    },
    verdicts: found.map(f => ({ when: membership(observation, f.xs), best: f.best })),
  }
}

const membership = (x: Expr, values: readonly Expr[]): Prop => {
  const [one, ...more] = values
  return one && more.length === 0 ? eq(x, one) : isIn(x, finite(...values))
}
