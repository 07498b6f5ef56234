/**
 * The many spellings of one thing made one, token by token, before the grammar sees them: hats and stars, means, dots over
 * letters, dℓ/dp on one line, x_max, signs over signs. The places of the tokens stay those of the text.
 */
import { declaredSub } from '../../read/names.ts'
import type { Token } from '../../read/scanner.ts'
import type { Scope } from '../../read/syntax.ts'
import { hatName } from '../statement.ts'
import { rootOf, type Survey } from './survey.ts'
import { differentialWord, type Known, splitWord } from './vocabulary.ts'

export interface Tidying {
  readonly scope: Scope
  readonly survey: Survey
  readonly known: Known
  /** Whether a word is a name as it stands: declared, a function, a quantity, or defined by the writer. */
  readonly isWord: (word: string) => boolean
}

const is = (t: Token | undefined, ...texts: readonly string[]): boolean => t?.kind === 'op' && texts.includes(t.text)
const op = (text: string, like: Token): Token => ({ ...like, kind: 'op', text, symbol: false })
const nameAt = (text: string, like: Token, end = like.end): Token => ({ ...like, kind: 'name', text, end, symbol: true })

/** The place after the group or token that begins at k. */
const skip = (tokens: readonly Token[], k: number): number => {
  const t = tokens[k]
  if (!is(t, '{', '(', '[', '\\{')) return k + 1
  let depth = 0
  for (let i = k; i < tokens.length; i++) {
    if (is(tokens[i], '{', '(', '[', '\\{')) depth++
    if (is(tokens[i], '}', ')', ']', '\\}') && --depth === 0) return i + 1
  }
  return tokens.length
}
/** What stands in the braces at k, or the one token there. */
const inside = (tokens: readonly Token[], k: number): readonly Token[] => {
  const end = skip(tokens, k)
  return is(tokens[k], '{') ? tokens.slice(k + 1, end - 1) : tokens.slice(k, end)
}

const estimateMarks = /^(hat|mle|MLE|Mle|ML|ml|est|opt|star)$/
const isStar = (t: Token | undefined): boolean => is(t, '*', 'star')

/** Whether the index at k only says "the estimate": _{MLE}, _{ML}, _n, _{ML,n}. */
const saysEstimate = (part: readonly Token[], size: (name: string) => boolean): boolean => {
  const words = part.filter(t => !is(t, ','))
  if (words.length === 0) return false
  const joined = words.map(t => t.text).join('')
  return estimateMarks.test(joined) || words.every(t => t.kind === 'name' && (estimateMarks.test(t.text) || size(t.text)))
}

/** The hat of a parameter, perhaps with index or square: the tokens after it. */
const hatted = (y: Tidying, base: Token, rest: readonly Token[], k: number, out: Token[]): number => {
  const { scope } = y
  const size = (n: string): boolean => n === 'n' || n === 'N' || y.survey.aliases.get(n) === 'n'
  const name = y.survey.aliases.get(base.text) ?? base.text
  const square = scope.symbols.has(name) ? undefined : (y.survey.squares.get(name) ?? rootOf(scope, name))
  let end = base.end
  let at = k
  let text = name
  for (;;) {
    const t = rest[at]
    if (is(t, '_')) {
      const part = inside(rest, at + 1)
      const word = part.map(p => p.text).join('')
      const declared = declaredSub(scope, name, word)
      if (saysEstimate(part, size)) {
        // says no more than the hat
      } else if (declared !== undefined) text = declared
      else break
      at = skip(rest, at + 1)
    } else if (is(t, '^')) {
      const part = inside(rest, at + 1)
      const two = part.length === 1 && part[0]?.text === '2'
      if (part.length === 1 && isStar(part[0])) {
        // likewise
      } else if (saysEstimate(part, () => false)) {
        // likewise
      } else if (two && square !== undefined && text === name) text = square
      else break
      at = skip(rest, at + 1)
    } else break
    end = rest[at - 1]?.end ?? end
  }
  out.push(nameAt(hatName(text), base, end))
  return at
}

/** Whether a hat on this name means an estimate of something in the problem. */
const isParameter = (y: Tidying, raw: string): boolean => {
  const name = y.survey.aliases.get(raw) ?? raw
  return y.scope.symbols.has(name) || y.survey.squares.has(name) || rootOf(y.scope, name) !== undefined
}

/** One pass over the tokens of a formula. */
export const tidied = (tokens: readonly Token[], y: Tidying): readonly Token[] => {
  let current = tokens
  current = pass(current, (t, k, all, out) => words(y, t, k, all, out))
  current = pass(current, (t, k, all, out) => accents(y, t, k, all, out))
  current = pass(current, (t, k, all, out) => signs(y, t, k, all, out))
  current = differentials(y, current)
  return current
}

type Step = (t: Token, k: number, all: readonly Token[], out: Token[]) => number | undefined
const pass = (tokens: readonly Token[], step: Step): readonly Token[] => {
  const out: Token[] = []
  for (let k = 0; k < tokens.length; ) {
    const t = tokens[k] as Token
    const next = step(t, k, tokens, out)
    if (next === undefined) {
      out.push(t)
      k++
    } else k = next
  }
  return out
}

/** Names in one word: np, xi, x1, p_hat, xbar, lambdahat. */
const words = (y: Tidying, t: Token, k: number, all: readonly Token[], out: Token[]): number | undefined => {
  if (is(t, '{') && is(all[k + 1], '}') && !is(all[k - 1], '^', '_')) return k + 2
  if (t.kind !== 'name') return undefined
  const { scope, survey } = y
  const text = t.text
  if (scope.symbols.has(text) || scope.arrays.has(text)) return undefined
  if (!t.symbol && (text === 'sum' || text === 'prod') && !is(all[k + 1], '=')) {
    out.push({ ...t, kind: 'op', text: text === 'sum' ? 'Sum' : 'Prod' })
    return k + 1
  }
  if ((text === 'max' || text === 'min') && (all[k + 1]?.kind === 'name' || is(all[k + 1], '(', '_', '{', '\\{', '['))) {
    out.push({ ...t, kind: 'op' })
    return k + 1
  }
  const alias = survey.aliases.get(text)
  if (alias !== undefined) {
    out.push(nameAt(alias, t))
    return k + 1
  }
  if (t.symbol || text.length < 2 || (y.isWord(text) && !/^(xi|eta|nu)\d*$/.test(text))) return undefined
  const part = (from: number, to: number, name: string): Token => ({
    ...t,
    text: name,
    start: t.start + from,
    end: t.start + to,
    space: from === 0 && t.space,
  })
  const array = (n: string): string | undefined =>
    scope.arrays.has(n) ? n : scope.arrays.has(survey.aliases.get(n) ?? '') ? survey.aliases.get(n) : undefined
  const entry = /^([A-Za-z])([ijk]|\d)$/.exec(text)
  const list = entry?.[1] === undefined ? undefined : array(entry[1])
  if (entry && list !== undefined) {
    out.push(
      nameAt(list, part(0, 1, list)),
      op('_', part(1, 1, '_')),
      /\d/.test(entry[2] ?? '') ? { ...part(1, 2, entry[2] ?? ''), kind: 'number' } : part(1, 2, entry[2] ?? ''),
    )
    return k + 1
  }
  if (y.isWord(text)) return undefined
  const mark = /^([A-Za-z]+?\d?)_?(hat|mle|MLE|ML|ml|star|tilde|bar|max|min)$/.exec(text)
  const base = mark?.[1] ?? ''
  if (mark?.[2] === 'bar' || mark?.[2] === 'max' || mark?.[2] === 'min') {
    const of = array(base)
    if (of !== undefined) {
      if (mark[2] === 'bar') out.push(op('bar', t), op('{', t), nameAt(of, t), op('}', t))
      else out.push(op(mark[2], t), op('(', t), nameAt(of, t), op(')', t))
      return k + 1
    }
  } else if (mark && isParameter(y, base)) return hatted(y, nameAt(base, t), all, k + 1, out)
  const number = /^([A-Za-z]+)(\d+)$/.exec(text)
  if (number?.[1] && !/^d[2-4]?$/.test(all[k - 1]?.text ?? '') && !differentialWord(text, y.known) && y.isWord(number[1])) {
    out.push(part(0, number[1].length, number[1]), op('_', part(number[1].length, number[1].length, '_')), {
      ...part(number[1].length, text.length, number[2] ?? ''),
      kind: 'number',
    })
    return k + 1
  }
  const twice = /^(d[A-Za-z]+\d?)(d[A-Za-z]+\d?)$/.exec(text)
  if (twice?.[1] && twice[2] && is(all[k - 1], '/') && differentialWord(twice[1], y.known) && differentialWord(twice[2], y.known)) {
    out.push(part(0, twice[1].length, twice[1]), part(twice[1].length, text.length, twice[2]))
    return k + 1
  }
  if (differentialWord(text, y.known)) return undefined
  const pieces = splitWord(text, y.known)
  if (pieces && pieces.length > 1) {
    let from = 0
    for (const piece of pieces) {
      const renamed = survey.aliases.get(piece) ?? piece
      out.push({ ...part(from, from + piece.length, renamed), space: from === 0 && t.space })
      from += piece.length
    }
    return k + 1
  }
  return undefined
}

/** Hats, stars, bars and dots. */
const accents = (y: Tidying, t: Token, k: number, all: readonly Token[], out: Token[]): number | undefined => {
  const { scope } = y
  if (is(t, 'hat', 'tilde')) {
    const part = inside(all, k + 1)
    const end = skip(all, k + 1)
    const [base] = part
    if (base?.kind !== 'name') return undefined
    const whole: Token = { ...base, start: t.start, end: all[end - 1]?.end ?? base.end, space: t.space }
    if (!isParameter(y, base.text) && !scope.arrays.has(base.text)) {
      // A hat on a word of letters: \hat{\theta}_{ML} has been seen; \hat{k} is a name of its own.
      if (part.length > 1) return undefined
      out.push(nameAt(hatName(base.text), whole))
      return end
    }
    if (part.length === 1) return hatted(y, whole, all, end, out)
    const inner: Token[] = []
    const used = hatted(y, whole, part, 1, inner)
    if (used !== part.length) return undefined
    // \hat{\sigma^2}, \hat{\mu_1}; what follows may still say _{MLE}.
    const [only] = inner
    if (!only) return undefined
    let at = end
    while (is(all[at], '_') && saysEstimate(inside(all, at + 1), n => n === 'n')) at = skip(all, at + 1)
    out.push({ ...only, end: all[at - 1]?.end ?? only.end })
    return at
  }
  if (t.kind === 'name' && is(all[k + 1], 'post-hat', 'post-tilde') && (isParameter(y, t.text) || !scope.arrays.has(t.text)))
    return hatted(y, { ...t, end: all[k + 1]?.end ?? t.end }, all, k + 2, out)
  if (t.kind === 'name' && isParameter(y, t.text)) {
    // θ*, θ^*, θ_{MLE}, θ^{MLE}
    const next = all[k + 1]
    if (is(next, '^') && (all[k + 2] === undefined || is(all[k + 2], '=', ')', ',', '=!'))) {
      out.push(nameAt(hatName(y.survey.aliases.get(t.text) ?? t.text), t, next?.end))
      return k + 2
    }
    const part = is(next, '^', '_') ? inside(all, k + 2) : []
    const star =
      is(next, '^') &&
      part.length === 1 &&
      isStar(part[0]) &&
      (is(all[k + 2], '{') || !['name', 'number'].includes(all[k + 3]?.kind ?? 'end'))
    const bare =
      is(next, '*', 'star') && !next?.space && (all[k + 2] === undefined || is(all[k + 2], '=', ')', ',', '}', '<', '>', '<=', '>='))
    const words = part.map(p => p.text).join('')
    const marked = is(next, '_', '^') && part.length > 0 && estimateMarks.test(words) && words !== 'star'
    if (bare) {
      out.push(nameAt(hatName(y.survey.aliases.get(t.text) ?? t.text), t, next?.end))
      return k + 2
    }
    if (star || marked) return hatted(y, t, all, k + 1, out)
    // x_m with a declared xm, and then a star
    if (is(next, '_')) {
      const declared = declaredSub(scope, t.text, words)
      const after = skip(all, k + 2)
      if (
        declared !== undefined &&
        (is(all[after], 'post-hat') || (is(all[after], '^') && inside(all, after + 1).length === 1 && isStar(inside(all, after + 1)[0])))
      ) {
        out.push(nameAt(hatName(declared), t, all[after]?.end))
        return is(all[after], 'post-hat') ? after + 1 : skip(all, after + 1)
      }
    }
    return undefined
  }
  if (is(t, 'bar')) {
    const end = skip(all, k + 1)
    const part = inside(all, k + 1)
    const next = is(all[end], '_') ? inside(all, end + 1) : []
    const plain = part.length === 1 && part[0]?.kind === 'name'
    const [bare] = part
    if (plain && bare && !scope.arrays.has(bare.text)) {
      out.push(nameAt(`${bare.text}\u0304`, bare, all[end - 1]?.end))
      return next.length === 1 && next[0]?.kind === 'name' ? skip(all, end + 1) : end
    }
    out.push(
      t,
      op('{', t),
      ...part.map(p => (p.kind === 'name' && y.survey.aliases.has(p.text) ? nameAt(y.survey.aliases.get(p.text) ?? p.text, p) : p)),
    )
    // Without its index under the bar: \overline{x_i} is the mean as well.
    out.push(op('}', all[end - 1] ?? t))
    return plain && next.length === 1 && next[0]?.kind === 'name' ? skip(all, end + 1) : end
  }
  if (t.kind === 'name' && is(all[k + 1], 'post-bar') && !scope.arrays.has(t.text)) {
    out.push(nameAt(`${t.text}\u0304`, t, all[k + 1]?.end))
    return k + 2
  }
  if (t.kind === 'name' && is(all[k + 1], 'post-bar')) {
    out.push(op('bar', t), op('{', t), t, op('}', all[k + 1] ?? t))
    const next = is(all[k + 2], '_') ? inside(all, k + 3) : []
    return next.length === 1 && next[0]?.kind === 'name' ? skip(all, k + 3) : k + 2
  }
  if (is(t, 'dot', 'ddot')) {
    const [base] = inside(all, k + 1)
    if (base?.kind !== 'name') return undefined
    out.push({ ...base, space: t.space }, op("'", base))
    if (t.text === 'ddot') out.push(op("'", base))
    return skip(all, k + 1)
  }
  return undefined
}

/** The bare name of the list of observations as the first argument, where it is written bold: f(𝐱; θ) has no index. */
const isJoint = (y: Tidying, first: Token | undefined, next: Token | undefined): boolean =>
  first?.kind === 'name' && y.scope.arrays.has(first.text) && first.end - first.start > 4 && is(next, ';', '|', 'mid', ',', ')')

/** \overset{!}{=}, \underset, x_{\max}, \choose, ∂_μ, E_θ, P(…). */
const signs = (y: Tidying, t: Token, k: number, all: readonly Token[], out: Token[]): number | undefined => {
  const { scope } = y
  if (is(t, 'overset', 'underset')) {
    const [above, on] = [inside(all, k + 1), inside(all, skip(all, k + 1))]
    const end = skip(all, skip(all, k + 1))
    const main = on.find(o => o.kind === 'op' && o.text !== '{')
    if (t.text === 'underset' && on.some(o => is(o, 'argmax', 'argmin', 'max', 'min'))) {
      out.push(...on, op('_', t), op('{', t), ...above, op('}', t))
      return end
    }
    if (main)
      out.push({
        ...main,
        text: main.text === '=' && above.some(a => is(a, '!') || a.text === 'set') ? '=!' : main.text,
        start: t.start,
        end: all[end - 1]?.end ?? main.end,
      })
    return end
  }
  if (t.kind === 'name' && t.text === 'arg' && is(all[k + 1], 'max', 'min')) {
    out.push(op(`arg${all[k + 1]?.text}`, t))
    return k + 2
  }
  if (t.kind === 'name' && scope.arrays.has(t.text) && is(all[k + 1], '_')) {
    const part = inside(all, k + 2).filter(p => !is(p, '(', ')'))
    const [only] = part
    if (part.length === 1 && only && (only.text === 'max' || only.text === 'min')) {
      out.push(op(only.text, t), op('(', t), t, op(')', only))
      return skip(all, k + 2)
    }
  }
  if (
    t.kind === 'name' &&
    scope.arrays.has(t.text) &&
    is(all[k + 1], '^') &&
    is(all[k + 2], '{') &&
    is(all[k + 3], '(') &&
    is(all[k + 5], ')')
  ) {
    out.push(t, op('_', t), ...all.slice(k + 2, k + 7)) // x^{(n)}
    return k + 7
  }
  if (
    is(t, '{') &&
    !is(
      all[k - 1],
      '^',
      '_',
      'frac',
      'binom',
      'sqrt',
      'hat',
      'tilde',
      'bar',
      'indicator',
      '}',
      'argmax',
      'max',
      'min',
      'in',
      'Sum',
      'Prod',
      ']',
    ) &&
    all[k - 1]?.text !== '1'
  ) {
    const end = skip(all, k)
    // \boxed{…}: braces around a whole relation say nothing.
    if (
      hasRelation(all, k, end) &&
      all[end - 1]?.text === '}' &&
      !all.slice(k, end).some(u => u.kind === 'name' && (u.text === 'if' || u.text === 'otherwise'))
    ) {
      const inner = pass(all.slice(k + 1, end - 1), (u, i, list, o) => signs(y, u, i, list, o))
      out.push(...inner)
      return end
    }
    const at = all.findIndex((c, i) => i > k && i < end && is(c, 'choose'))
    if (at > 0) {
      out.push(op('binom', t), op('{', t), ...all.slice(k + 1, at), op('}', t), op('{', t), ...all.slice(at + 1, end - 1), op('}', t))
      return end
    }
  }
  if (is(t, 'partial', 'nabla') && is(all[k + 1], '_')) {
    const part = inside(all, k + 2)
    const end = skip(all, k + 2)
    const below: Token[] = []
    let order = 0
    for (let i = 0; i < part.length; i++) {
      const p = part[i] as Token
      if (p.kind !== 'name') {
        if (!is(p, ',')) below.push(p)
        continue
      }
      order++
      below.push(op('partial', p), p)
    }
    if (t.text === 'nabla') {
      out.push(t)
      return end
    }
    out.push(op('frac', t), op('{', t), op('partial', t))
    if (order > 1) out.push(op('^', t), op('{', t), { ...t, kind: 'number', text: String(order) }, op('}', t))
    out.push(op('}', t), op('{', t), ...below, op('}', t))
    return end
  }
  if (t.kind === 'name' && (t.text === 'E' || t.text === 'P' || t.text === 'Pr') && !scope.symbols.has(t.text) && is(all[k + 1], '_')) {
    out.push(t)
    return skip(all, k + 2)
  }
  if (
    t.kind === 'name' &&
    (t.text === 'P' || t.text === 'Pr' || t.text === 'calP') &&
    !scope.symbols.has(t.text) &&
    is(all[k + 1], '(', '[', '\\{')
  ) {
    const end = skip(all, k + 1)
    const several = all.slice(k, end).some(p => is(p, '...')) || all.slice(k, end).filter(p => is(p, '=')).length > 1
    out.push(nameAt(several ? '⟨L⟩' : '⟨f⟩', t, all[end - 1]?.end))
    return end
  }
  // p(x | p), where p is a parameter: still a density.
  if (
    t.kind === 'name' &&
    /^[pPf]$/.test(t.text) &&
    scope.symbols.has(t.text) &&
    is(all[k + 1], '(') &&
    all[k + 2]?.kind === 'name' &&
    scope.arrays.has(all[k + 2]?.text ?? '')
  ) {
    const body = all.slice(k + 1, skip(all, k + 1))
    if (body.some(p => is(p, '|', 'mid', ';'))) {
      out.push(nameAt(body.some(p => is(p, '...')) ? '⟨L⟩' : '⟨f⟩', t))
      return k + 1
    }
  }
  // Poiss(y_i; λ): a density by the name of its family.
  if (
    t.kind === 'name' &&
    /^(?:[A-Z][A-Za-z]+|calN|calU|calB)$/.test(t.text) &&
    !scope.symbols.has(t.text) &&
    !scope.arrays.has(t.text) &&
    !y.survey.roles.has(t.text) &&
    is(all[k + 1], '(')
  ) {
    const inner = all.slice(k + 1, skip(all, k + 1))
    if (inner.some(p => is(p, ';', '|', 'mid')) && inner[1]?.kind === 'name' && scope.arrays.has(inner[1].text)) {
      out.push(nameAt('⟨f⟩', t))
      return k + 1
    }
  }
  // 0 ≤ x_i ≤ θ (i = 1, …, n): the range of the letter.
  if (is(t, '(') && all[k + 1]?.kind === 'name' && /^[ijk]$/.test(all[k + 1]?.text ?? '') && is(all[k + 2], '=', 'in')) {
    const end = skip(all, k)
    if (all.slice(k, end).some(p => is(p, '...', '..'))) return end
  }
  if (t.kind === 'name' && /^(?:median|med|Median|Med)$/.test(t.text) && is(all[k + 1], '(', '\\{', '{', '[')) {
    const end = skip(all, k + 1)
    out.push(nameAt('median', t, all[end - 1]?.end))
    return end
  }
  if (t.kind === 'name' && y.survey.roles.get(t.text) === 'f') {
    // f(x_1, …, x_n; θ), also f_{X_1, …, X_n}(…): of the whole sample
    const from = is(all[k + 1], '_') ? skip(all, k + 2) : k + 1
    const end = is(all[from], '(') ? skip(all, from) : from
    const bare =
      y.survey.joint.has(t.text) &&
      all[from + 1]?.kind === 'name' &&
      scope.arrays.has(all[from + 1]?.text ?? '') &&
      is(all[from + 2], '|', ';', 'mid', ',')
    if (bare || all.slice(from, end).some(p => is(p, '...')) || (end > from && isJoint(y, all[from + 1], all[from + 2]))) {
      out.push(nameAt('⟨L⟩', t))
      return from
    }
  }
  if (
    t.kind === 'name' &&
    (t.text === 'I' || t.text === 'calI') &&
    !scope.symbols.has('I') &&
    (is(all[k + 1], '(', '[', '{', '\\{') || (is(all[k + 1], '_') && is(all[k + 2], '{')))
  ) {
    const from = is(all[k + 1], '_') ? k + 2 : k + 1
    const body = all.slice(from, skip(all, from))
    if (body.some(p => is(p, '<', '<=', '>', '>=', 'in', '=', '!=')) || (from === k + 2 && is(all[k + 3], '(', '[', '\\{'))) {
      out.push(op('indicator', t))
      return k + 1
    }
  }
  return undefined
}

/** Whether a relation stands on the first level of the group. */
const hasRelation = (all: readonly Token[], from: number, end: number): boolean => {
  let depth = 0
  for (let k = from; k < end; k++) {
    if (is(all[k], '{', '(', '[', '\\{', 'begin-cases')) depth++
    else if (is(all[k], '}', ')', ']', '\\}', 'end-cases')) depth--
    else if (depth === 1 && is(all[k], '=', '<', '>', '<=', '>=', '∝', '=!')) return true
  }
  return false
}

/** dℓ/dp, d^2 log L/dp^2, d2LL/dlambda2, ∂ℓ/∂μ on one line as fractions. */
const differentials = (y: Tidying, tokens: readonly Token[]): readonly Token[] => {
  const isD = (t: Token | undefined): boolean =>
    is(t, 'partial') ||
    (t?.kind === 'name' && !y.scope.symbols.has(t.text) && (/^d[2-4]?$/.test(t.text) || differentialWord(t.text, y.known) !== undefined))
  let out = [...tokens]
  for (let guard = 0; guard < 40; guard++) {
    const slash = out.findIndex((t, k) => is(t, '/') && isD(out[k + 1]) && numeratorStart(out, k) >= 0)
    if (slash < 0) return out
    const from = numeratorStart(out, slash)
    const under = out[slash + 1] as Token
    let end = slash + 2
    const below: Token[] = []
    const joined = under.kind === 'name' && !/^d[2-4]?$/.test(under.text) ? differentialWord(under.text, y.known) : undefined
    const take = (t: Token): void => {
      below.push(t)
    }
    const script = (): void => {
      while (is(out[end], '_', '^')) {
        const stop = skip(out, end + 1)
        below.push(...out.slice(end, stop))
        end = stop
      }
    }
    if (joined) {
      const digits = /^(.*[A-Za-z])(\d)$/.exec(joined.of)
      const split = digits && !y.scope.symbols.has(joined.of) && !y.survey.aliases.has(joined.of) ? digits : undefined
      take(op('partial', under))
      take(nameAt(y.survey.aliases.get(split?.[1] ?? joined.of) ?? split?.[1] ?? joined.of, under))
      if (split) below.push(op('^', under), op('{', under), { ...under, kind: 'number', text: split[2] ?? '2' }, op('}', under))
      script()
    } else {
      take(op('partial', under))
      const stop = skip(out, end)
      below.push(...out.slice(end, stop))
      end = stop
      script()
    }
    while (isD(out[end]) && !is(out[end + 1], '/')) {
      const word = out[end]?.text === 'd' || is(out[end], 'partial') ? undefined : differentialWord(out[end]?.text ?? '', y.known)
      if (word) {
        take(op('partial', out[end] as Token))
        take(nameAt(y.survey.aliases.get(word.of) ?? word.of, out[end] as Token))
        end++
        script()
        continue
      }
      take(op('partial', out[end] as Token))
      const next = skip(out, end + 1)
      below.push(...out.slice(end + 1, next))
      end = next
      script()
    }
    // The numerator: d, its order, and what is differentiated.
    const head = out[from] as Token
    const above: Token[] = [op('partial', head)]
    const word = head.kind === 'name' && !/^d[2-4]?$/.test(head.text) ? differentialWord(head.text, y.known) : undefined
    let order = word?.order ?? (/^d[2-4]$/.test(head.text) ? Number(head.text[1]) : 1)
    let at = from + 1
    if (is(out[at], '^')) {
      const part = inside(out, at + 1)
      order = Number(part[0]?.text ?? '1') || 1
      at = skip(out, at + 1)
    }
    if (order > 1) above.push(op('^', head), op('{', head), { ...head, kind: 'number', text: String(order) }, op('}', head))
    const inner = word && word.of !== '' ? [nameAt(word.of, head), ...out.slice(at, slash)] : out.slice(at, slash)
    for (let k = 0; k < below.length; k++) {
      const b = below[k] as Token
      const digits = b.kind === 'name' ? /^([A-Za-z]+)(\d)$/.exec(b.text) : null
      if (digits?.[1] && Number(digits[2]) === order && order > 1 && !y.scope.symbols.has(b.text))
        below.splice(
          k,
          1,
          nameAt(y.survey.aliases.get(digits[1]) ?? digits[1], b),
          op('^', b),
          op('{', b),
          { ...b, kind: 'number', text: digits[2] ?? '2' },
          op('}', b),
        )
    }
    const orderBelow = below.some(b => b.kind === 'number' && b.text === String(order))
    const single = below.filter(b => is(b, 'partial')).length === 1
    if (order > 1 && single && !orderBelow)
      below.push(op('^', under), op('{', under), { ...under, kind: 'number', text: String(order) }, op('}', under))
    const fraction = [
      op('frac', head),
      op('{', head),
      ...above,
      ...inner,
      op('}', out[slash] as Token),
      op('{', under),
      ...below,
      op('}', { ...under, start: out[end - 1]?.start ?? under.start, end: out[end - 1]?.end ?? under.end }),
    ]
    out = [...out.slice(0, from), ...fraction, ...out.slice(end)]
  }
  return out

  /** Where the d of the numerator stands: on the same level, nothing added in between. */
  function numeratorStart(list: readonly Token[], slash: number): number {
    let depth = 0
    for (let k = slash - 1; k >= 0; k--) {
      const t = list[k]
      if (is(t, ')', '}', ']')) depth++
      if (is(t, '(', '{', '[') && --depth < 0) return -1
      if (depth > 0) continue
      if (is(t, '+', '-', '=', ',', '*', '/', '<', '>', 'frac', 'Sum', 'Prod')) return -1
      if (isD(t)) return k
    }
    return -1
  }
}
