/** What comes next in the stream: whether a row, a list, a comma goes on, and what a parenthesis holds. It changes nothing. */
import { openers, relationOf, shutters } from './cutting.ts'
import type { Item } from './stream.ts'

/** Whether the item at k begins a continuation of the operand: a sign, not a relation. */
export const continues = (items: readonly Item[], k: number): boolean => {
  for (let i = k; i < items.length; i++) {
    const it = items[i] as Item
    if (it.kind === 'line') continue
    if (it.kind !== 'token') return false
    const t = it.token
    if (t.kind === 'op' && (t.text === '&' || t.text === 'quad')) continue
    if (t.kind !== 'op' || !['+', '-', '*', '/', '±'].includes(t.text)) return false
    // A line that begins with a sign and has a relation of its own is a new one.
    let level = 0
    for (let j = i + 1; j < items.length; j++) {
      const u = items[j] as Item
      if (u.kind !== 'token' || u.token.text === '\\\\') break
      if (openers.has(u.token.text) && u.token.kind === 'op') level++
      if (shutters.has(u.token.text) && u.token.kind === 'op') level--
      if (level === 0 && u.token.kind === 'op' && relationOf[u.token.text] !== undefined) return false
    }
    return true
  }
  return false
}
/** x_1, …, x_n and i = 1, …, n. */
export const listGoesOn = (items: readonly Item[], k: number): boolean => {
  const near = (j: number): string => {
    const it = items[j]
    return it?.kind === 'token' ? it.token.text : ''
  }
  if (near(k + 1) === '...' || near(k - 1) === '...') return true
  // A comma before dots a few tokens on, with nothing but names between: x_1, x_2, …
  for (let j = k + 1; j < k + 8; j++) {
    const text = near(j)
    if (text === '' || relationOf[text] !== undefined) return false
    if (text === ',') return near(j + 1) === '...'
  }
  return false
}
/** Whether the parenthesis at k holds a statement and is no part of a formula: (a ∈ {0, 1}), (since x > 0). */
export const holdsStatement = (items: readonly Item[], k: number): boolean => {
  const ending = statementEnd(items, k)
  if (ending === undefined) return false
  const next = items[ending + 1]
  return next?.kind !== 'token' || (next.token.kind === 'op' && [',', '.', ';', ':', '&', '\\\\', ')'].includes(next.token.text))
}
export const statementInside = (items: readonly Item[], k: number): boolean => {
  const before = items[k - 1]
  if (
    before?.kind !== 'token' ||
    (before.token.kind === 'op' && !shutters.has(before.token.text) && before.token.text !== '!' && before.token.text !== "'")
  )
    return false
  if (before.token.kind === 'name' && !before.token.symbol && before.token.text.length > 1) return false
  const ending = statementEnd(items, k)
  if (ending === undefined) return false
  const next = items[ending + 1]
  return !(next?.kind === 'token' && next.token.kind === 'op' && ['^', '*', '/', '_'].includes(next.token.text))
}
/** Where the parenthesis at k ends, if it holds a relation or words; undefined if it does not. */
const statementEnd = (items: readonly Item[], k: number): number | undefined => {
  let level = 0
  let related = false
  for (let j = k; j < Math.min(items.length, k + 500); j++) {
    const it = items[j] as Item
    if (it.kind === 'line' || it.kind === 'edge' || it.kind === 'sentence') continue
    if (it.kind === 'words') {
      related = related || level === 1
      // "(the ends wait for later)": the parenthesis ends among the words
      level -= it.text.split(')').length - it.text.split('(').length
      if (level <= 0) return related ? j : undefined
      continue
    }
    if (it.kind !== 'token') return undefined
    if (it.token.kind !== 'op') continue
    const { text } = it.token
    if (openers.has(text)) level++
    else if (text === '?') return undefined
    else if (shutters.has(text) && --level === 0) return related ? j : undefined
    else if (level === 1 && (relationOf[text] !== undefined || text === 'for' || text === 'because')) related = true
  }
  return undefined
}
/** Rows such as "> 0 & θ < x̄": where an expression has which sign. */
export const signsOnly = (items: readonly Item[], k: number): boolean => {
  const next = items[k + 1]
  return next?.kind === 'token' && next.token.kind === 'op' && ['<', '>', '=', '<=', '>='].includes(next.token.text)
}
/** Whether the formula behind the words at k is an equation by itself, or only a factor ("is a times b"): then the verb in front is no sign. */
export const hasOwnRelation = (items: readonly Item[], k: number): boolean => {
  let level = 0
  for (let j = k + 1, edges = 0; j < items.length; j++) {
    const it = items[j] as Item
    if (it.kind === 'edge' && ++edges > 1) {
      const behind = items[j + 1]
      return behind?.kind === 'words' && /^(?:times|plus|minus|divided by|multiplied by|percent)\b/i.test(behind.text)
    }
    if (it.kind === 'words') return /^(?:times|plus|minus|divided by|multiplied by|percent)\b/i.test(it.text)
    if (it.kind === 'sentence' || it.kind === 'line') return false
    if (it.kind !== 'token' || it.token.kind !== 'op') continue
    if (openers.has(it.token.text)) level++
    else if (shutters.has(it.token.text)) level--
    else if (level === 0 && ['=', '=!', '∝'].includes(it.token.text)) return true
  }
  return false
}
export const doesNext = (items: readonly Item[], k: number): boolean => {
  const next = items[k + 1]
  if (next?.kind !== 'token') return false
  const does =
    (next.token.kind === 'op' && ['*', '/', '+', '-', ':'].includes(next.token.text)) || ['log', 'ln', 'exp'].includes(next.token.text)
  for (let j = k + 1; does && j < items.length; j++) {
    const it = items[j]
    if (it?.kind !== 'token' || it.token.text === '\\\\') return true
    if (it.token.text === '|') return false
  }
  return does
}
export const continuesAfterQuad = (items: readonly Item[], k: number): boolean => {
  const next = items[k + 1]
  return next?.kind === 'token' && next.token.kind === 'op' && relationOf[next.token.text] !== undefined
}

const orders = new Set(['<', '>', '<=', '>=', '!='])
/**
 * Behind the = at k, a choice "x ≤ c ? a : b" whose condition has a relation of its own: the place where it ends, or undefined.
 * In "= x = 0 ? a : b = c" the second = is the condition's, and the third goes on with the chain.
 */
export const choiceEnd = (items: readonly Item[], k: number): number | undefined => {
  let level = 0
  /** Behind "?" and in front of ":", how many are open. */
  let open = 0
  let equals = -1
  let ordered = false
  let found = false
  for (let j = k + 1; j < Math.min(items.length, k + 500); j++) {
    const it = items[j] as Item
    const last = (): number | undefined => (found && open === 0 ? (equals >= 0 ? equals : j) : undefined)
    if (it.kind !== 'token') {
      if (it.kind === 'line' && (level > 0 || open > 0)) continue
      return last()
    }
    if (it.token.kind !== 'op') continue
    const { text } = it.token
    if (openers.has(text)) level++
    else if (shutters.has(text)) level--
    else if (level > 0) continue
    else if (text === '?') {
      // a condition is an equation or an inequality
      if (equals >= 0 && ordered) return found && open === 0 ? equals : undefined
      if (equals < 0 && !ordered) return undefined
      found = true
      open++
      equals = -1
      ordered = false
    } else if (text === ':') {
      if (open === 0) return last()
      open--
      equals = -1
      ordered = false
    } else if (text === '=') {
      if (equals >= 0) return last()
      equals = j
    } else if (orders.has(text)) ordered = true
    else if ([',', ';', '\\\\', '&', 'quad', '⇒', '⇔'].includes(text)) return last()
    if (level < 0) return last()
  }
  return found && open === 0 ? (equals >= 0 ? equals : items.length) : undefined
}
