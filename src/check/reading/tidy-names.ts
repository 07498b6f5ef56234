/** Names as one token: np and xi in one word, hats, stars, bars and dots, and what only says "the estimate". */
import { declaredSub } from '../../read/names.ts'
import type { Token } from '../../read/scanner.ts'
import { hatName } from '../statement.ts'
import { rootOf } from './survey.ts'
import { inside, is, nameAt, op, skip, type Tidying } from './token-rows.ts'
import { differentialWord, splitWord } from './vocabulary.ts'

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
    const digits = text === name && t?.kind === 'number' && !t.space && !isParameter(y, name) ? declaredSub(scope, name, t.text) : undefined
    if (digits !== undefined) {
      // p̂1, where p1 is declared
      text = digits
      at++
    } else if (is(t, '_')) {
      // _MLE without braces
      if (rest[at + 1]?.text === 'M' && rest[at + 2]?.text === 'L' && !rest[at + 2]?.space) {
        at += rest[at + 3]?.text === 'E' && !rest[at + 3]?.space ? 4 : 3
        end = rest[at - 1]?.end ?? end
        continue
      }
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
/** The d above or below in \frac{d^k…}{dλ^k}. */
const isDifferentialHere = (y: Tidying, k: number, all: readonly Token[]): boolean => {
  const below = (open: number): boolean =>
    is(all[open], '{') && all[open + 1]?.text === 'd' && all[open + 2]?.kind === 'name' && y.parameters.includes(all[open + 2]?.text ?? '')
  if (!is(all[k - 1], '{')) return false
  if (is(all[k - 2], 'frac')) {
    const inner = inside(all, k - 1)
    const order = is(inner[1], '^') ? skip(inner, 2) : 1
    const of = inner[order]
    return (of === undefined || y.survey.roles.has(of.text) || /^(?:log|ln)$/.test(of.text)) && below(skip(all, k - 1))
  }
  if (!below(k - 1)) return false
  // the group before it is a numerator that begins with d
  for (let j = k - 2, depth = 0; j >= 0; j--) {
    if (is(all[j], '}')) depth++
    else if (is(all[j], '{') && --depth === 0) return is(all[j - 1], 'frac') && (all[j + 1]?.text === 'd' || is(all[j + 1], 'partial'))
  }
  return false
}
/** Names in one word: np, xi, x1, p_hat, xbar, lambdahat. */
export const words = (y: Tidying, t: Token, k: number, all: readonly Token[], out: Token[]): number | undefined => {
  // 1{all x_i < b}
  if (t.kind === 'name' && /^(?:all|every|each)$/.test(t.text) && is(all[k - 1], '(', '[', '{', '\\{')) {
    out.push(op('all', t))
    return k + 1
  }
  if (is(t, '{') && is(all[k + 1], '}') && !is(all[k - 1], '^', '_')) return k + 2
  // {\rm log}, {\cal L}: a font that was chosen inside of braces
  const inner = is(t, '{') && is(all[k + 2], '}') && !is(all[k - 1], '^', '_') ? all[k + 1] : undefined
  const isScript = inner?.kind === 'name' && /^cal[A-Z]$/.test(inner.text)
  if (
    isScript ||
    (inner?.kind === 'name' && /^(?:log|ln|exp|sin|cos)$/.test(inner.text) && !is(all[k - 1], '}', 'frac', 'hat', 'bar', 'sqrt'))
  ) {
    out.push({ ...inner, space: t.space })
    return k + 3
  }
  // d/dλ, where d is also a number of the data
  if (t.kind === 'name' && t.text === 'd' && y.scope.symbols.has('d') && isDifferentialHere(y, k, all)) {
    out.push(op('partial', t))
    return k + 1
  }
  const { lagrangian, plainD } = y.survey
  if (plainD && t.kind === 'name' && t.text === 'd') {
    out.push(nameAt('d_0', t))
    return k + 1
  }
  if (lagrangian && t.kind === 'name' && t.text === lagrangian.name && t.start >= lagrangian.from) {
    out.push(nameAt('Lagrangian', t))
    return k + 1
  }
  // + c′: another constant
  if (
    t.kind === 'name' &&
    /^[cC]$/.test(t.text) &&
    is(all[k + 1], "'") &&
    is(all[k - 1], '+', '=', '-') &&
    !y.scope.symbols.has(t.text) &&
    (all[k + 2] === undefined || is(all[k + 2], ',', '.', '=', '\\\\', '&', '+', '-'))
  ) {
    out.push(nameAt(`${t.text}_1`, t, all[k + 1]?.end))
    return k + 2
  }
  if (t.kind !== 'name' || /^cal[A-Z]$/.test(t.text)) return undefined
  // \\frac{\\mathrm{dLL}}{…}: a differential and a name
  const differential = is(all[k - 1], '{') && is(all[k - 2], 'frac') ? /^d(LL|ell|L|NLL|logL)$/.exec(t.text)?.[1] : undefined
  if (differential !== undefined && !y.scope.symbols.has(t.text)) {
    out.push({ ...t, text: 'd' }, { ...nameAt(differential, t), start: t.start + 1 })
    return k + 1
  }
  // ℓ_{max}, L_{\max}: the value at the maximum
  const role = y.survey.roles.get(t.text)
  if ((role === 'L' || role === 'ell' || role === 'nll') && is(all[k + 1], '_') && !is(all[skip(all, k + 2)], '(')) {
    const index = inside(all, k + 2)
    if (index.length === 1 && /^(?:max|sup)$/.test(index[0]?.text ?? '')) {
      const sign = (text: string): Token => op(text, t)
      const list = y.parameters.flatMap((p, j) => [...(j > 0 ? [sign(',')] : []), nameAt(hatName(p), t)])
      out.push(t, sign('('), ...list, sign(')'))
      return skip(all, k + 2)
    }
  }
  // log_e
  if (
    (t.text === 'log' || t.text === 'ln') &&
    is(all[k + 1], '_') &&
    inside(all, k + 2).length === 1 &&
    inside(all, k + 2)[0]?.text === 'e'
  ) {
    out.push(t)
    return skip(all, k + 2)
  }
  const { scope, survey } = y
  const text = t.text
  const index = scope.symbols.has(text) ? survey.aliases.get(text) : undefined
  if (index !== undefined && index !== text) {
    out.push(nameAt(index, t))
    return k + 1
  }
  // x_{min}, where xmin is declared, is no smallest observation
  const extreme =
    is(all[k + 1], '_') && scope.arrays.has(text)
      ? inside(all, k + 2)
          .map(u => u.text)
          .join('')
      : ''
  const declared = /^(?:min|max)$/.test(extreme)
    ? [`${text}${extreme}`, `${text}_${extreme}`].find(name => scope.symbols.has(name))
    : undefined
  if (declared !== undefined) {
    out.push(nameAt(declared, t, all[skip(all, k + 2) - 1]?.end))
    return skip(all, k + 2)
  }
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
  if (/^(?:med|median|diag)$/i.test(text) && is(all[k + 1], '(', '\\{', '[')) return undefined
  // sigma^2_hat
  if (is(all[k - 1], '_') && estimateMarks.test(text)) return undefined
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
  const entry = /^([A-Za-z])([ijkn]|\d)$/.exec(text)
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
    // the mean of what the writer introduced, y_i = log x_i
    if (mark[2] === 'bar' && survey.names.has(`${base}[]`)) {
      out.push(nameAt(`${base}\u0304`, t))
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
export const accents = (y: Tidying, t: Token, k: number, all: readonly Token[], out: Token[]): number | undefined => {
  const { scope } = y
  if (is(t, 'hat', 'tilde')) {
    const part = inside(all, k + 1)
    const end = skip(all, k + 1)
    const [base] = part
    if (base?.kind !== 'name') return undefined
    if (is(t, 'tilde') && part.length === 1 && y.survey.apart.has(base.text)) {
      out.push(nameAt(`${base.text}_star`, base, all[end - 1]?.end))
      return end
    }
    const whole: Token = { ...base, start: t.start, end: all[end - 1]?.end ?? base.end, space: t.space }
    // \hat b_0 where b0 is declared
    const indexed = part.length === 1 && is(all[end], '_') && scope.arrays.has(base.text) === false
    if (
      indexed &&
      declaredSub(
        scope,
        base.text,
        inside(all, end + 1)
          .map(p => p.text)
          .join(''),
      ) !== undefined
    )
      return hatted(y, whole, all, end, out)
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
  // ℓ^*(τ): the likelihood in another parameter
  const role = t.kind === 'name' ? y.survey.roles.get(t.text) : undefined
  if (
    (role === 'ell' || role === 'L' || role === 'nll') &&
    is(all[k + 1], '^') &&
    inside(all, k + 2).length === 1 &&
    isStar(inside(all, k + 2)[0])
  ) {
    out.push(t)
    return skip(all, k + 2)
  }
  if (t.kind === 'name' && is(all[k + 1], 'post-hat', 'post-tilde') && (isParameter(y, t.text) || !scope.arrays.has(t.text)))
    return hatted(y, { ...t, end: all[k + 1]?.end ?? t.end }, all, k + 2, out)
  if (t.kind === 'name' && isParameter(y, t.text)) {
    // θ*, θ^*, θ_{MLE}, θ^{MLE}
    const next = all[k + 1]
    // θ_MLE without braces
    if (is(next, '_') && all[k + 2]?.text === 'M' && all[k + 3]?.text === 'L' && !all[k + 3]?.space) {
      const end = all[k + 4]?.text === 'E' && !all[k + 4]?.space ? k + 5 : k + 4
      const two = is(all[end], '^') && inside(all, end + 1).length === 1 && inside(all, end + 1)[0]?.text === '2'
      const name = y.survey.aliases.get(t.text) ?? t.text
      const square = scope.symbols.has(name) ? undefined : (y.survey.squares.get(name) ?? rootOf(scope, name))
      if (two && square !== undefined) {
        const stop = skip(all, end + 1)
        out.push(nameAt(hatName(square), t, all[stop - 1]?.end))
        return stop
      }
      out.push(nameAt(hatName(name), t, all[end - 1]?.end))
      return end
    }
    // sigma^^2
    if (is(next, '^') && is(all[k + 2], '^')) return hatted(y, t, all, k + 2, out)
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
    if (bare && !y.survey.apart.has(t.text)) {
      out.push(nameAt(hatName(y.survey.aliases.get(t.text) ?? t.text), t, next?.end))
      return k + 2
    }
    if ((star || bare) && y.survey.apart.has(t.text)) {
      const stop = skip(all, k + 2)
      out.push(nameAt(`${t.text}_star`, t, all[stop - 1]?.end))
      return stop
    }
    if (star || marked) return hatted(y, t, all, k + 1, out)
    // σ^2_{ML}
    if (is(next, '^') && part.length === 1 && part[0]?.text === '2') {
      const after = skip(all, k + 2)
      if (
        is(all[after], '_') &&
        estimateMarks.test(
          inside(all, after + 1)
            .map(p => p.text)
            .join(''),
        )
      )
        return hatted(y, t, all, k + 1, out)
    }
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
    // x̄_(0), x̄_1: means of a part of the sample, which the writer introduces
    const mark = next.map(p => p.text).join('')
    if (plain && bare && scope.arrays.has(bare.text) && /^(?:\(\w+\)|\d)$/.test(mark)) {
      out.push(nameAt(`${bare.text}\u0304_${mark.replace(/[()]/g, '')}`, bare, all[skip(all, end + 1) - 1]?.end))
      return skip(all, end + 1)
    }
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
