/** Tokens in the stream: relations, rows and columns, commas, links, parentheses with a statement of their own. */
import type { Token } from '../../read/scanner.ts'
import { type Cutting, empty, end, endSentence, linkOf, openers, relationOf, say, sayBehind, shutters, unfinished } from './cutting.ts'
import { choiceEnd, continues, continuesAfterQuad, doesNext, holdsStatement, listGoesOn, signsOnly, statementInside } from './lookahead.ts'
import type { Item } from './stream.ts'

const row = (cut: Cutting, k: number): void => {
  cut.commentAt = -1
  if (!empty(cut) && (unfinished(cut) || continues(cut.items, k + 1))) return
  end(cut)
}

const before = (items: readonly Item[], k: number, ...texts: readonly string[]): boolean => {
  const it = items[k - 1]
  return it?.kind === 'token' && it.token.kind === 'op' && texts.includes(it.token.text)
}

/** √n(θ̂ − θ) ⇒ N(0, v): converges, and does not follow. */
const beginsFamily = (items: readonly Item[], k: number): boolean => {
  const [name, next] = [items[k], items[k + 1]]
  return (
    name?.kind === 'token' &&
    next?.kind === 'token' &&
    /^(?:N|calN|Normal|chi|Z)$/.test(name.token.text) &&
    ['(', '_', '^', '\\left('].includes(next.token.text)
  )
}

/** Takes the token at k, and perhaps those behind it. @returns the place of the last one taken */
export const takeToken = (cut: Cutting, item: Item & { kind: 'token' }, at: number): number => {
  const { items } = cut
  let k = at
  const t = item.token
  if (t.kind === 'op' && (t.text === 'begin-rows' || t.text === 'end-rows')) {
    cut.rows += t.text === 'begin-rows' ? 1 : -1
    return k
  }
  if (cut.commentAt >= 0 && (cut.rows > cut.commentAt || cut.commentWords) && !(t.text === '\\\\' && cut.rows <= cut.commentAt)) {
    cut.commentWords = true
    return k
  }
  if (empty(cut)) {
    cut.dialect = item.dialect
    cut.display = item.display
    cut.timid = item.timid
  } else cut.timid = cut.timid && item.timid
  const atTop = cut.depth === 0
  if (t.kind === 'op' && atTop) {
    const relation = relationOf[t.text]
    if (t.text === '\\\\') {
      row(cut, k)
      return k
    }
    if (t.text === '&') {
      const next = items[k + 1]
      if (next?.kind === 'token' && next.token.text === '&') {
        end(cut)
        k++
        // A column of reasons: words, or a formula behind words.
        let j = k + 1
        while (j < items.length) {
          const u = items[j] as Item
          if (u.kind === 'token' && ['quad', '&', '('].includes(u.token.text) && u.token.kind === 'op') j++
          else break
        }
        const reason = items[j]
        cut.commentAt = cut.rows
        cut.commentWords = reason?.kind === 'words' || (reason?.kind === 'token' && reason.token.text === 'begin-rows')
        if (!cut.commentWords) cut.commentAt = -1
      }
      return k
    }
    if (t.text === 'quad') {
      // a row that goes on with a sign, set in a little
      const inset = before(items, k, '&', '\\\\', 'quad') && continues(items, k + 1)
      if (!inset && !unfinished(cut) && !(cut.operators.length === 0 && continuesAfterQuad(items, k))) end(cut)
      return k
    }
    if (t.text === 'mapsto') {
      cut.operands = [[]]
      cut.operators = []
      return k
    }
    if (t.text === 'begin-cases' && signsOnly(items, k)) {
      const signs = new Set<string>()
      for (let j = k; j < items.length && j < k + 60; j++) {
        const u = items[j]
        if (u?.kind === 'token' && u.token.text === 'end-cases') break
        const above = items[j - 1]
        if (
          u?.kind === 'token' &&
          (u.token.text === '<' || u.token.text === '>') &&
          above?.kind === 'token' &&
          (above.token.text === 'begin-cases' || above.token.text === '\\\\')
        )
          signs.add(u.token.text)
      }
      if (signs.size === 2) {
        end(cut)
        say(cut, ', which changes sign', t.start)
      }
      while (k + 1 < items.length && !(items[k]?.kind === 'token' && (items[k] as { token: Token }).token.text === 'end-cases')) k++
      return k
    }
    if (t.text === '⇒' && !empty(cut) && beginsFamily(items, k + 1)) {
      cut.operators.push({ relation: '~', imposed: false, token: t })
      cut.operands.push([])
      return k
    }
    if (t.text === '⇒' || t.text === '⇔') {
      end(cut)
      cut.link = t.text
      say(cut, t.text, t.start)
      return k
    }
    if ((t.text === ',' || t.text === ';') && !listGoesOn(items, k)) {
      end(cut)
      cut.comma = true
      say(cut, t.text, t.start)
      return k
    }
    if (t.text === '.' || t.text === ':' || t.text === '?') {
      const inside = t.text === ':' && !empty(cut) && cut.operators.length === 0 && !cut.display
      if (t.text === '.' && items[k + 1]?.kind === 'token' && !(items[k + 1] as { token: Token }).token.space) return k
      end(cut)
      if (t.text === '.' && !inside) endSentence(cut, t.end)
      return k
    }
    if (
      t.text === 'if' ||
      t.text === 'for' ||
      t.text === 'where' ||
      t.text === 'otherwise' ||
      t.text === 'or' ||
      t.text === 'and' ||
      t.text === 'because' ||
      t.text === 'forall'
    ) {
      end(cut)
      const word = t.text === 'forall' ? 'for all' : t.text
      say(cut, word, t.start)
      cut.words = cut.words === '' ? word : `${cut.words} ${word}`
      cut.link = linkOf(word) ?? cut.link
      sayBehind(cut, word)
      return k
    }
    if (relation === 'to' && (empty(cut) || cut.operators.some(o => o.relation !== 'to'))) {
      end(cut)
      cut.link = '⇒'
      say(cut, '⇒', t.start)
      return k
    }
    // 0 = −nk/λ + … | · λ/k: what is done next, behind a bar.
    if (t.text === '|' && t.space && cut.operators.length > 0 && doesNext(items, k)) {
      end(cut)
      while (k + 1 < items.length && items[k + 1]?.kind === 'token' && (items[k + 1] as { token: Token }).token.text !== '\\\\') k++
      return k
    }
    if (relation !== undefined) {
      cut.operators.push({ relation, imposed: t.text === '=!', token: t })
      cut.operands.push([])
      const stop = relation === '=' ? choiceEnd(items, k) : undefined
      if (stop === undefined) return k
      for (let j = k + 1; j < stop; j++) {
        const it = items[j]
        if (it?.kind === 'token') cut.operands.at(-1)?.push(it.token)
      }
      return stop - 1
    }
  }
  if (t.kind === 'op' && (t.text === '.' || t.text === 'quad') && cut.depth > 0) return k
  // ℓ'' < 0 (since x_i > 0), k = 0 (x_i = 0 for every i): a parenthesis with a statement of its own.
  if (
    t.kind === 'op' &&
    t.text === '(' &&
    cut.depth === 0 &&
    cut.parenthesis === 0 &&
    t.space &&
    !empty(cut) &&
    statementInside(items, k)
  ) {
    end(cut)
    cut.parenthesis = 1
    // L(θ) = 0   (θ > min x_i): where it holds
    cut.comma = items[k + 1]?.kind === 'token'
    return k
  }
  // p̂ = a/b   [successes / trials]
  if (t.kind === 'op' && t.text === '[' && t.space && cut.depth === 0 && !empty(cut) && items[k + 1]?.kind === 'words') {
    end(cut)
    while (
      k + 1 < items.length &&
      !(items[k]?.kind === 'token' && (items[k] as { token: Token }).token.text === ']') &&
      items[k + 1]?.kind !== 'line'
    )
      k++
    return k
  }
  if (t.kind === 'op' && t.text === '(' && cut.depth === 0 && empty(cut) && (items[k + 1]?.kind === 'words' || holdsStatement(items, k))) {
    cut.parenthesis = 1
    return k
  }
  if (cut.parenthesis > 0 && cut.depth === 0 && t.kind === 'op' && t.text === ')') {
    cut.parenthesis = 0
    end(cut)
    return k
  }
  // "(By invariance it is max x_i.)": opened among the words
  if (t.kind === 'op' && t.text === ')' && cut.depth === 0 && !empty(cut)) {
    end(cut)
    return k
  }
  if (t.kind === 'op') {
    if (openers.has(t.text)) cut.depth++
    else if (shutters.has(t.text)) cut.depth = Math.max(0, cut.depth - 1)
  }
  cut.operands.at(-1)?.push(t)
  return k
}
