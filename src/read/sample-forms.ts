/** What is said of a whole sample without an index: x̄, Σ x, max x; and the named quantities of people's writing. */
import { big, type Expr, mul, ONE, sym } from '../term/term.ts'
import { maximum, minimum, prod, replace, subterms, sum } from '../term/walk.ts'
import { fail } from './cursor.ts'
import { finiteValue, inverse } from './division.ts'
import { expr } from './elaborate.ts'
import { ModelError } from './error.ts'
import { arrayLength, bindingLetters, type Meanings, parts } from './meanings.ts'
import { type Syntax, ungrouped } from './syntax.ts'

/** x̄ is the mean of the sample; θ̂ and θ̃ are the symbol. */
export const accented = (m: Meanings, s: Syntax & { kind: 'accent' }): Expr => {
  const body = ungrouped(s.body)
  if (body.kind === 'name') {
    const written = `${body.name}${s.mark}`
    if (m.scope?.symbols.has(written)) return sym(written)
  }
  if (s.mark !== 'bar') return m.scope?.loose ? m.scope.loose.hat(expr(m, s.body)) : expr(m, s.body)
  const letter = '\u0000mean'
  const used = new Set<string>()
  const inner: Meanings = { ...m, letters: [...m.letters, letter], mean: { letter, used } }
  const value = finiteValue(m, s.body, expr(inner, s.body))
  if (used.size === 0) return fail(m, s.span, 'a mean of something that is no observation', 'the name of observed data under the bar')
  const size = arrayLength(m, [...used], s.span, expr)
  return mul(inverse(m, s.span, size), big('sum', ONE, size, value))
}

/** Whether some part has an index, so that a Σ without a letter runs over it. */
export const mentionsIndex = (m: Meanings, s: Syntax): boolean => {
  if (s.kind === 'sub' && s.base.kind === 'name' && m.scope?.arrays.has(s.base.name) !== false) return true
  return parts(s).some(p => mentionsIndex(m, p))
}
/** Σ x, max x: over all observations. */
export const overSample = (m: Meanings, s: Syntax & { kind: 'big' }): Expr => {
  const letter = '\u0000mean'
  const used = new Set<string>()
  const inner: Meanings = { ...m, letters: [...m.letters, letter], mean: { letter, used } }
  const value = finiteValue(m, s.body, expr(inner, s.body))
  const lo = s.lo ? expr(m, s.lo) : ONE
  if (s.hi) return big(s.op, lo, expr(m, s.hi), value)
  if (used.size === 0) {
    // Σ μ²: over the one sample that there is
    const isExtreme = s.op === 'max' || s.op === 'min'
    const runs = s.op === 'sum' || s.op === 'prod' || isExtreme
    const all = runs ? [...(m.scope?.arrays ?? [])].filter(name => m.scope?.lengths?.[name] !== undefined) : []
    const lengths = new Set(all.map(name => m.scope?.lengths?.[name]))
    if (lengths.size !== 1) return fail(m, s.span, 'it is not clear what this runs over', `${s.op} with an index, as in x_i`)
    const size = arrayLength(m, all, s.span, expr)
    // Σ y_i, where y_i was introduced as log x_i: the index is in what it stands for
    const own = expr(m, s.body)
    const entry = subterms(own).find(t => t.kind === 'at' && t.index.length === 1 && t.index[0]?.kind === 'sym')
    const index = entry?.kind === 'at' ? entry.index[0] : undefined
    if (index === undefined)
      return isExtreme
        ? fail(m, s.span, 'it is not clear what this runs over', `${s.op} with an index, as in x_i`)
        : big(s.op, lo, size, value)
    if (isExtreme) return (s.op === 'max' ? maximum : minimum)(size, i => replace(own, index, i), lo)
    const over = s.op === 'sum' ? sum : prod
    return over(size, i => replace(own, index, i), lo)
  }
  return big(s.op, lo, arrayLength(m, [...used], s.span, expr), value)
}

/** A named quantity of people's writing: the arguments that have a value here. */
export const quantity = (m: Meanings, s: Syntax & { kind: 'call' }, read: (u: Syntax) => Expr): Expr => {
  const args: Expr[] = []
  for (const a of s.args)
    try {
      args.push(read(a))
    } catch (error) {
      if (!(error instanceof ModelError)) throw error
    }
  const value = m.scope?.loose?.call(s.name, args, s.prime[0] ?? 0, s.below ?? [])
  // Σ_i ℓ_i(θ): the letter of ℓ_i is that of the sum
  if (value) return s.below ? bindingLetters(m, value) : value
  return fail(m, s.span, `${s.name} is no quantity of this problem`)
}
