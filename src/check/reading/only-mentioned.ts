/**
 * Clauses with a relation that states nothing about the model: lists of values, sets, matrices, distributions by their names, steps of
 * an iteration, intervals. Tests of tokens only.
 */
import type { Token } from '../../read/scanner.ts'
import type { Clause } from './clause.ts'
import { equalityLike } from './draft.ts'
import { isFunctionEquation, isOneSided, isUpdate } from './not-asserted.ts'
import type { Notation } from './notation.ts'
import { isInterval } from './rewritten.ts'

/** @param defines whether the clause introduces a name */
export const isOnlyMentioned = (n: Notation, text: string, c: Clause, defines: boolean): boolean => {
  const relations = c.operators.map(o => o.relation)
  const [left = [], right = []] = c.operands
  return (
    // x_1, …, x_n > 0: said of each
    (isList(left) && relations.length > 0 && relations.every(r => !equalityLike(r))) ||
    // N = m, m + 1, …, and a sign alone
    (relations.length === 1 && isList(right) && !defines) ||
    (relations.length === 0 && isSignOrFamily(left)) ||
    // Σ_{x ∈ ℤ} f(x) = 1: over the values of one observation
    c.operands.some(o => overValues(n, o)) ||
    // β = (a, b)ᵀ: a name for all parameters
    (c.operands.length === 2 && left.length === 1 && isTuple(right)) ||
    c.operands.some(isSetOfPoints) ||
    // Cov(x_i, x_j) = 0
    c.operands.some(o => o.some((t, k) => t.kind === 'name' && /^[Cc](?:ov|orr?)$/.test(t.text) && o[k + 1]?.text === '(')) ||
    // ‖y − Xβ‖², XᵀXβ = Xᵀy: in matrices, which are not read
    c.operands.some(o => o.some(t => t.kind === 'op' && (t.text === '‖' || t.text === 'top' || text.slice(t.start, t.end) === '\\det'))) ||
    relations.includes('~') ||
    relations.includes('to') ||
    // θ̂ ≈ N(θ, θ²/n), and ℓ′ is +
    c.operands.slice(1).some(isSignOrFamily) ||
    // g(0+) = 1, and ψ = Γ′/Γ, which says what a function is
    isOneSided(c) ||
    isFunctionEquation(n, c) ||
    // θ_new = θ_old − …, θ_{k+1} = …: one step of an iteration
    isUpdate(n, text, c) ||
    isInterval(c) ||
    isProportion(text, c)
  )
}

/** p : q : r = a : b : c */
const isProportion = (text: string, c: Clause): boolean =>
  c.operators.length === 1 && /:\s*$/.test(text.slice(Math.max(0, c.start - 3), c.start)) && /^\s*:/.test(text.slice(c.end, c.end + 3))

/** {θ : ℓ(θ) ≥ c} */
const isSetOfPoints = (o: readonly Token[]): boolean =>
  o[0]?.text === '\\{' && o.at(-1)?.text === '\\}' && o.some(t => t.kind === 'op' && [':', '|', 'mid'].includes(t.text))

const overValues = (n: Notation, o: readonly Token[]): boolean =>
  o.some(
    (t, k) =>
      t.kind === 'op' &&
      t.text === 'Sum' &&
      o[k + 1]?.text === '_' &&
      n.scope.arrays.has(o[k + 3]?.text ?? '') &&
      ['in', '=', '>=', '>'].includes(o[k + 4]?.text ?? ''),
  )

/** (a, b)ᵀ, (a, b)' */
const isTuple = (o: readonly Token[]): boolean => {
  const close = o.findLastIndex(t => t.kind === 'op' && t.text === ')')
  const behind = o.slice(close + 1).filter(t => t.text !== '{' && t.text !== '}')
  return (
    o[0]?.text === '(' &&
    close > 0 &&
    behind.length > 0 &&
    behind.every(t => ['^', 'T', 'top', "'", 't'].includes(t.text)) &&
    o.some(t => t.kind === 'op' && t.text === ',')
  )
}

/** x_1, …, x_n */
const isList = (o: readonly Token[]): boolean =>
  o.some((t, k) => t.kind === 'op' && t.text === '...' && (o[k - 1]?.text === ',' || o[k + 1]?.text === ',')) &&
  !o.some(t => t.kind === 'op' && ['(', '[', '\\{', 'max', 'min', 'begin-cases', 'indicator'].includes(t.text))

/** A sign alone, or a distribution by its name: N(μ, σ²/n), 𝒩_2(0, Σ). */
const isSignOrFamily = (o: readonly Token[]): boolean => {
  const [first, next] = o
  if (o.length === 1) return first?.kind === 'op' && (first.text === '+' || first.text === '-')
  const open = next?.text === '_' ? o[3] : next
  return (
    first?.kind === 'name' &&
    /^(?:N|calN|Normal|Gamma|Exp|Poisson|Bin|Beta)$/.test(first.text) &&
    open?.kind === 'op' &&
    open.text === '(' &&
    o.some(t => t.kind === 'op' && t.text === ',') &&
    o.at(-1)?.text === ')'
  )
}
