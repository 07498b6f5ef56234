/**
 * Letters that usually mean a score or an information and stand for what is minimised: S(b) = Σ(y_i − b x_i)², a sum of squares or
 * of distances and nothing else. Such a letter is the writer's own.
 */
import type { Token } from '../../read/scanner.ts'
import { inside, is, skip } from './token-rows.ts'

/** Behind a Σ, its limits. */
const behindLimits = (tokens: readonly Token[], k: number): number => {
  let j = k
  while (is(tokens[j], '_', '^')) j = skip(tokens, j + 1)
  return j
}

/** Whether Σ( … )², or Σ| … |, stands at k with nothing behind it that belongs to it. */
const isCriterion = (tokens: readonly Token[], k: number): boolean => {
  if (!is(tokens[k], 'Sum')) return false
  const open = behindLimits(tokens, k + 1)
  if (is(tokens[open], '|')) return tokens.slice(open + 1, open + 24).some(t => is(t, '|'))
  if (!is(tokens[open], '(', '[', '{')) return false
  const power = skip(tokens, open)
  if (!is(tokens[power], '^')) return false
  const end = skip(tokens, power + 1)
  return tokens.slice(power + 1, end).some(t => t.text === '2') && !is(tokens[end], '+', '-', '/', '*')
}

/** det, tr: a number made of the matrix. */
const isDeterminant = (t: Token | undefined): boolean =>
  t !== undefined && t.kind !== 'number' && /^(?:det|tr|trace|unknown)$/i.test(t.text)

/** Names whose presence on the right says that a letter means a likelihood or a derivative of it. */
const isLikelihood = (t: Token): boolean =>
  is(t, 'partial', 'nabla', 'begin-matrix', "'", '...') || (t.kind === 'name' && /^(?:L|ell|l|calL|LL|logL|lnL|E|d)$/.test(t.text))

/**
 * The letters among `names` that are given a number as a function of several arguments, S(μ_1, μ_2) = Σ … + Σ …: a score would be a
 * vector there, and an information a matrix.
 */
export const numbersAmong = (tokens: readonly Token[], names: readonly string[]): readonly string[] =>
  names.filter(name =>
    tokens.some((t, k) => {
      if (t.kind !== 'name' || t.text !== name || !is(tokens[k + 1], '(') || isDeterminant(tokens[k - 1])) return false
      const close = skip(tokens, k + 1)
      const inner = tokens.slice(k + 2, close - 1)
      const from = is(tokens[close], '&') ? close + 1 : close
      if (!inner.some(u => is(u, ',')) || !is(tokens[from], '=')) return false
      const next = tokens[from + 1]
      return (
        !tokens.slice(from + 1, from + 12).some(isLikelihood) &&
        !(is(next, '(') && tokens.slice(from + 1, skip(tokens, from + 1)).some(u => is(u, ',', '\\\\')))
      )
    }),
  )

/** The letters among `names` that stand in an exponent, p^s (1 − p)^{n − s}: no score does, and no information. */
export const exponentsAmong = (tokens: readonly Token[], names: readonly string[]): readonly string[] => {
  const found = new Set<string>()
  tokens.forEach((t, k) => {
    if (!is(t, '^')) return
    const raised = is(tokens[k + 1], '{', '(') ? inside(tokens, k + 1) : tokens.slice(k + 1, k + 2)
    raised.forEach((u, j) => {
      if (u.kind === 'name' && names.includes(u.text) && !is(raised[j + 1], '(', "'")) found.add(u.text)
    })
  })
  return [...found]
}

/** The letters among `names` that are applied to something and given a sum of squares as their value. */
export const criteriaAmong = (tokens: readonly Token[], names: readonly string[]): readonly string[] =>
  names.filter(name =>
    tokens.some((t, k) => {
      if (t.kind !== 'name' || t.text !== name || !is(tokens[k + 1], '(')) return false
      const close = skip(tokens, k + 1)
      return is(tokens[close], '=') && isCriterion(tokens, close + 1)
    }),
  )

/**
 * F(z) = 1/(1 + e^{−z}), f_0(z) = …: functions of a letter that is neither an observation nor declared, with nothing of the model in
 * them: standard forms and no density of this problem.
 */
export const standardFunctions = (tokens: readonly Token[], isKnown: (name: string) => boolean): readonly string[] =>
  tokens.flatMap((t, k) => {
    if (t.kind !== 'name' || !/^[fFgGpSR](?:_[0-9a-z])?$/.test(t.text) || !is(tokens[k + 1], '(') || !is(tokens[k + 3], ')')) return []
    const letter = tokens[k + 2]
    if (letter?.kind !== 'name' || isKnown(letter.text) || !is(tokens[k + 4], '=')) return []
    const body: Token[] = []
    for (let j = k + 5; j < Math.min(tokens.length, k + 40) && !is(tokens[j], '=', '\\\\'); j++) {
      if (j > k + 5 && (tokens[j] as Token).start - (tokens[j - 1] as Token).end > 3) break
      body.push(tokens[j] as Token)
    }
    return body.some(u => u.text === letter.text) && !body.some(u => u.kind === 'name' && isKnown(u.text)) ? [t.text] : []
  })

/**
 * p(φ) = e^φ/(1 + e^φ): letters that usually mean a density and are given, as a function of parameters alone, a value with no
 * observation in it. A density is a function of the observation, so such a letter is the writer's own.
 */
export const functionsOfParameters = (
  tokens: readonly Token[],
  names: readonly string[],
  isParameter: (name: string) => boolean,
  isData: (name: string) => boolean,
): readonly string[] =>
  names.filter(name =>
    tokens.some((t, k) => {
      if (t.kind !== 'name' || t.text !== name || !is(tokens[k + 1], '(')) return false
      const close = skip(tokens, k + 1)
      const inner = tokens.slice(k + 2, close - 1).filter(u => u.kind !== 'op' || !['_', '^', '{', '}', ','].includes(u.text))
      const [first] = inner
      if (first?.kind !== 'name' || !inner.every(u => u.kind === 'number' || (u.kind === 'name' && isParameter(u.text)))) return false
      const from = is(tokens[close], '&') ? close + 1 : close
      if (!is(tokens[from], '=')) return false
      const body: Token[] = []
      for (let j = from + 1, depth = 0; j < Math.min(tokens.length, from + 60); j++) {
        const u = tokens[j] as Token
        if (is(u, '(', '{', '[')) depth++
        if (is(u, ')', '}', ']')) depth--
        if (depth <= 0 && (is(u, ',', ';', '\\\\') || (j > from + 1 && u.start - (tokens[j - 1] as Token).end > 6))) break
        body.push(u)
      }
      return body.some(u => u.kind === 'name' && isParameter(u.text)) && !body.some(u => u.kind === 'name' && isData(u.text))
    }),
  )
