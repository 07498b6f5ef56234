/**
 * The stream cut into clauses: operands and the relations between them, with the words in front, the link to what stands
 * before, and the condition behind. It reads no operand.
 */
import type { Dialect } from '../../read/error.ts'
import type { Token } from '../../read/scanner.ts'
import type { Link, Relation } from '../statement.ts'
import type { Item } from './stream.ts'

export interface Operator {
  readonly relation: Relation | 'in' | 'notin' | '~' | 'to'
  readonly imposed: boolean
  readonly token: Token
}

export interface Clause {
  /** One more than there are operators; the first is empty when the clause goes on with the chain before it. */
  readonly operands: readonly (readonly Token[])[]
  readonly operators: readonly Operator[]
  /** Words directly in front, lower case. */
  readonly words: string
  /** Words directly behind, up to the next formula or the end of the sentence. */
  readonly behind: string
  readonly link: Link | undefined
  readonly dialect: Dialect
  readonly display: boolean
  /** May be no formula at all: what cannot be read is prose. */
  readonly timid: boolean
  readonly sentence: number
  /** Joined to the clause before it by a comma only. */
  readonly comma: boolean
  readonly start: number
  readonly end: number
}

export interface Sentence {
  /** Words with ⟨k⟩ for clause number k. */
  readonly text: string
  /** Offset of each character of the text. */
  readonly places: readonly number[]
  readonly clauses: readonly number[]
  readonly aside: boolean
  readonly start: number
}

const relationOf: Readonly<Record<string, Operator['relation']>> = {
  '=': '=',
  '=!': '=',
  '!=': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '∝': '∝',
  '≈': '≈',
  '~': '~',
  in: 'in',
  notin: 'notin',
  to: 'to',
}
const openers = new Set(['(', '[', '{', '\\{', 'begin-cases', 'begin-matrix', 'lfloor', 'lceil'])
const shutters = new Set([')', ']', '}', '\\}', 'end-cases', 'end-matrix', 'rfloor', 'rceil'])
const signs = new Set(['+', '-', '*', '/', '±', '^', '_', '...'])

/** Words that stand for a sign between two formulas. */
const verb = /^(?:is|are|equals?|is equal to|becomes|reads|is given by|is then|is just|is simply|:=)$/i
const proportional = /^(?:is |are |which is )?(?:directly )?proportional to$/i

const conclusion =
  /\b(?:so|hence|thus|therefore|implies|implying|then|gives?|giving|yields?|yielding|we get|we obtain|get|obtain|leads? to|it follows|follows|whence|i\.e\.?|that is|which means|means|consequently|solving|rearranging|results? in|find|solution|or equivalently)\b/i
const equivalence = /\b(?:if and only if|iff|exactly when|is equivalent to|equivalently|same as)\b/i

/** The link that words make. */
export const linkOf = (words: string): Link | undefined =>
  equivalence.test(words)
    ? '⇔'
    : conclusion.test(words)
      ? '⇒'
      : /^\s*or\s*$/i.test(words)
        ? 'or'
        : /^\s*and\s*$/i.test(words)
          ? 'and'
          : undefined

export interface Cut {
  readonly clauses: readonly Clause[]
  readonly sentences: readonly Sentence[]
}

export const clausesOf = (items: readonly Item[]): Cut => {
  const clauses: Clause[] = []
  const sentences: Sentence[] = []
  let text = ''
  let places: number[] = []
  let inSentence: number[] = []
  let aside = false
  let sentenceStart = items[0] && items[0].kind !== 'token' ? items[0].start : 0

  let operands: Token[][] = [[]]
  let operators: Operator[] = []
  let words = ''
  let link: Link | undefined
  let comma = false
  let dialect: Dialect = 'plain'
  let display = false
  let timid = false
  let depth = 0
  let rows = 0
  let commentAt = -1
  /** Inside a parenthesis that holds a statement of its own. */
  let parenthesis = 0
  let commentWords = false

  const say = (s: string, place: number): void => {
    if (text === '') sentenceStart = place
    const padded = text === '' || text.endsWith(' ') ? s : ` ${s}`
    text += padded
    for (let i = 0; i < padded.length; i++) places.push(place + Math.max(0, i - (padded.length - s.length)))
  }
  const empty = (): boolean => operators.length === 0 && (operands[0] ?? []).length === 0
  /** Ends the clause. */
  const end = (): void => {
    depth = 0
    if (empty()) return
    const first = operands.flat()[0] ?? operators[0]?.token
    const all = [...operands.flat(), ...operators.map(o => o.token)]
    const start = Math.min(...all.map(t => t.start))
    const stop = Math.max(...all.map(t => t.end))
    // A relation at the end, with nothing behind it, goes on in the next row.
    clauses.push({
      operands,
      operators,
      words: words.toLowerCase(),
      behind: '',
      link,
      dialect,
      display,
      timid,
      sentence: sentences.length,
      comma,
      start: first ? start : 0,
      end: stop,
    })
    inSentence.push(clauses.length - 1)
    say(`⟨${clauses.length - 1}⟩`, start)
    operands = [[]]
    operators = []
    words = ''
    link = undefined
    comma = false
  }
  const endSentence = (place: number): void => {
    end()
    if (text.trim() !== '' || aside) sentences.push({ text, places, clauses: inSentence, aside, start: sentenceStart })
    text = ''
    places = []
    inSentence = []
    aside = false
    sentenceStart = place
    words = ''
    link = undefined
    comma = false
  }
  const unfinished = (): boolean => {
    const last = operands.at(-1) ?? []
    const tail = last.at(-1)
    return depth > 0 || (operators.length > 0 && last.length === 0) || (tail?.kind === 'op' && signs.has(tail.text))
  }
  /** Whether the item at k begins a continuation of the operand: a sign, not a relation. */
  const continues = (k: number): boolean => {
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
  const row = (k: number): void => {
    commentAt = -1
    if (!empty() && (unfinished() || continues(k + 1))) return
    end()
  }

  for (let k = 0; k < items.length; k++) {
    const item = items[k] as Item
    switch (item.kind) {
      case 'aside':
        endSentence(item.start)
        aside = true
        sentenceStart = item.start
        endSentence(item.end)
        break
      case 'sentence':
        if (depth > 0 && display && rows > 0) break
        endSentence(item.start)
        break
      case 'line': {
        if (!empty() && depth <= 2 && (unfinished() || continues(k + 1))) break
        end()
        const next = items[k + 1]
        // A new line of formulas is a new sentence unless it begins with a relation or a word.
        if (next?.kind === 'token' && relationOf[next.token.text] === undefined && !['⇒', '⇔'].includes(next.token.text))
          endSentence(item.start)
        break
      }
      case 'edge': {
        // A formula in running text ends here, unless a sign joins it to the next one.
        const next = items[k + 1]
        const joins = next?.kind === 'token' && next.timid && next.token.kind === 'op' && next.token.start - item.start <= 4
        if (!joins && !(operators.length > 0 && (operands.at(-1) ?? []).length === 0)) end()
        rows = 0
        commentAt = -1
        break
      }
      case 'words': {
        if (commentAt >= 0) {
          commentWords = true
          // "write k = Σ x_i" in a column of reasons defines.
          if (/\b(?:write|where|let|define|denote|with|writing|call)$/i.test(item.text)) {
            words = 'where'
            commentAt = -1
            commentWords = false
          }
          break
        }
        const before = items[k - 1]
        const after = items[k + 1]
        const between = !empty() || (before?.kind === 'edge' && inSentence.length > 0)
        const first = after?.kind === 'edge' ? items[k + 2] : after
        const beginsOperand = first?.kind === 'token' && relationOf[first.token.text] === undefined && first.token.text !== ','
        const last = clauses.at(-1)
        const reopened = (): boolean => {
          if (!empty()) return operators.length === 0 || proportional.test(item.text)
          if (!last || inSentence.at(-1) !== clauses.length - 1 || last.operators.length > 0) return false
          clauses.pop()
          inSentence.pop()
          const mark = text.lastIndexOf('⟨')
          text = text.slice(0, mark)
          places = places.slice(0, mark)
          operands = last.operands.map(o => [...o])
          operators = [...last.operators]
          words = last.words
          link = last.link
          comma = last.comma
          return true
        }
        // A new sentence after a display that ends without a full stop.
        if (before?.kind === 'edge' && empty() && /^[A-Z][a-z]/.test(item.text) && clauses.at(-1)?.display && inSentence.length > 0)
          endSentence(item.start)
        const sign = proportional.test(item.text) ? '∝' : verb.test(item.text) ? '=' : undefined
        const spoken = empty() ? (last?.words ?? '') : words.toLowerCase()
        const turned =
          /\b(?:respect to|w\.?r\.?t\.?|over|in|at|about|by|from|where|each)\s*$/.test(spoken) ||
          (/\b(?:of|for)\s*$/.test(spoken) && !/\b(?:mle|estimat\w+|maximi\w+|value|derivative|likelihood|log)\b/.test(spoken))
        if (
          sign !== undefined &&
          between &&
          beginsOperand &&
          depth === 0 &&
          !turned &&
          !hasOwnRelation(k) &&
          quantityLike(empty() ? last : { operands }) &&
          reopened()
        ) {
          operators.push({
            relation: sign,
            imposed: false,
            token: { kind: 'op', text: sign, start: item.start, end: item.end, space: true, symbol: false },
          })
          operands.push([])
          break
        }
        if (depth > 0 && !empty()) {
          // Words inside a parenthesis or in a choice of cases: kept for the grammar.
          operands.at(-1)?.push({ kind: 'op', text: wordOperator(item.text), start: item.start, end: item.end, space: true, symbol: false })
          break
        }
        end()
        say(item.text, item.start)
        words = words === '' ? item.text : `${words} ${item.text}`
        const l = linkOf(item.text)
        if (l !== undefined) link = l
        if (clauses.length > 0 && inSentence.length > 0) {
          const c = clauses.at(-1) as Clause
          clauses[clauses.length - 1] = { ...c, behind: `${c.behind} ${item.text.toLowerCase()}`.trim() }
        }
        break
      }
      case 'token': {
        const t = item.token
        if (t.kind === 'op' && (t.text === 'begin-rows' || t.text === 'end-rows')) {
          rows += t.text === 'begin-rows' ? 1 : -1
          break
        }
        if (commentAt >= 0 && (rows > commentAt || commentWords) && !(t.text === '\\\\' && rows <= commentAt)) {
          commentWords = true
          break
        }
        if (empty()) {
          dialect = item.dialect
          display = item.display
          timid = item.timid
        } else timid = timid && item.timid
        const atTop = depth === 0
        if (t.kind === 'op' && atTop) {
          const relation = relationOf[t.text]
          if (t.text === '\\\\') {
            row(k)
            break
          }
          if (t.text === '&') {
            const next = items[k + 1]
            if (next?.kind === 'token' && next.token.text === '&') {
              end()
              k++
              // A column of reasons: words, or a formula behind words.
              let j = k + 1
              while (j < items.length) {
                const u = items[j] as Item
                if (u.kind === 'token' && ['quad', '&', '('].includes(u.token.text) && u.token.kind === 'op') j++
                else break
              }
              const reason = items[j]
              commentAt = rows
              commentWords = reason?.kind === 'words' || (reason?.kind === 'token' && reason.token.text === 'begin-rows')
              if (!commentWords) commentAt = -1
            }
            break
          }
          if (t.text === 'quad') {
            if (!unfinished() && !(operators.length === 0 && continuesAfterQuad(k))) end()
            break
          }
          if (t.text === 'mapsto') {
            operands = [[]]
            operators = []
            break
          }
          if (t.text === 'begin-cases' && signsOnly(k)) {
            while (k + 1 < items.length && !(items[k]?.kind === 'token' && (items[k] as { token: Token }).token.text === 'end-cases')) k++
            break
          }
          if (t.text === '⇒' || t.text === '⇔') {
            end()
            link = t.text
            say(t.text, t.start)
            break
          }
          if ((t.text === ',' || t.text === ';') && !listGoesOn(k)) {
            end()
            comma = true
            say(t.text, t.start)
            break
          }
          if (t.text === '.' || t.text === ':' || t.text === '?') {
            const inside = t.text === ':' && !empty() && operators.length === 0 && !display
            if (t.text === '.' && items[k + 1]?.kind === 'token' && !(items[k + 1] as { token: Token }).token.space) break
            end()
            if (t.text === '.' && !inside) endSentence(t.end)
            break
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
            end()
            const word = t.text === 'forall' ? 'for all' : t.text
            say(word, t.start)
            words = words === '' ? word : `${words} ${word}`
            link = linkOf(word) ?? link
            const c = clauses.at(-1)
            if (c && inSentence.length > 0) clauses[clauses.length - 1] = { ...c, behind: `${c.behind} ${word}`.trim() }
            break
          }
          if (relation === 'to' && (empty() || operators.some(o => o.relation !== 'to'))) {
            end()
            link = '⇒'
            say('⇒', t.start)
            break
          }
          // 0 = −nk/λ + … | · λ/k: what is done next, behind a bar.
          if (t.text === '|' && t.space && operators.length > 0 && doesNext(k)) {
            end()
            while (k + 1 < items.length && items[k + 1]?.kind === 'token' && (items[k + 1] as { token: Token }).token.text !== '\\\\') k++
            break
          }
          if (relation !== undefined) {
            operators.push({ relation, imposed: t.text === '=!', token: t })
            operands.push([])
            break
          }
        }
        if (t.kind === 'op' && (t.text === '.' || t.text === 'quad') && depth > 0) break
        // ℓ'' < 0 (since x_i > 0), k = 0 (x_i = 0 for every i): a parenthesis with a statement of its own.
        if (t.kind === 'op' && t.text === '(' && depth === 0 && parenthesis === 0 && t.space && !empty() && statementInside(k)) {
          end()
          parenthesis = 1
          break
        }
        if (t.kind === 'op' && t.text === '(' && depth === 0 && empty() && items[k + 1]?.kind === 'words') {
          parenthesis = 1
          break
        }
        if (parenthesis > 0 && depth === 0 && t.kind === 'op' && t.text === ')') {
          parenthesis = 0
          end()
          break
        }
        if (t.kind === 'op') {
          if (openers.has(t.text)) depth++
          else if (shutters.has(t.text)) depth = Math.max(0, depth - 1)
        }
        operands.at(-1)?.push(t)
        break
      }
    }
  }
  endSentence(items.length > 0 ? ((items.at(-1) as Item & { start?: number }).start ?? 0) : 0)
  return { clauses, sentences }

  /** x_1, …, x_n and i = 1, …, n. */
  function listGoesOn(k: number): boolean {
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
  function statementInside(k: number): boolean {
    const before = items[k - 1]
    if (
      before?.kind !== 'token' ||
      (before.token.kind === 'op' && !shutters.has(before.token.text) && before.token.text !== '!' && before.token.text !== "'")
    )
      return false
    if (before.token.kind === 'name' && !before.token.symbol && before.token.text.length > 1) return false
    let level = 0
    let related = false
    for (let j = k; j < items.length; j++) {
      const it = items[j] as Item
      if (it.kind === 'words') related = related || level === 1
      else if (it.kind === 'line' || it.kind === 'edge' || it.kind === 'sentence') continue
      else if (it.kind !== 'token') return false
      else if (it.token.kind === 'op') {
        const { text: s } = it.token
        if (openers.has(s)) level++
        else if (shutters.has(s) && --level === 0) {
          const next = items[j + 1]
          const operator = next?.kind === 'token' && next.token.kind === 'op' && ['^', '*', '/', '_'].includes(next.token.text)
          return related && !operator
        } else if (level === 1 && (relationOf[s] !== undefined || s === 'for' || s === 'because')) related = true
      }
    }
    return false
  }
  /** Rows such as "> 0 & θ < x̄": where an expression has which sign. */
  function signsOnly(k: number): boolean {
    const next = items[k + 1]
    return next?.kind === 'token' && next.token.kind === 'op' && ['<', '>', '=', '<=', '>='].includes(next.token.text)
  }
  /** Whether the formula behind the words at k is an equation by itself, so that the verb in front is none of its signs. */
  function hasOwnRelation(k: number): boolean {
    let level = 0
    for (let j = k + 1, edges = 0; j < items.length; j++) {
      const it = items[j] as Item
      if (it.kind === 'edge' && ++edges > 1) return false
      if (it.kind === 'words' || it.kind === 'sentence' || it.kind === 'line') return false
      if (it.kind !== 'token' || it.token.kind !== 'op') continue
      if (openers.has(it.token.text)) level++
      else if (shutters.has(it.token.text)) level--
      else if (level === 0 && ['=', '=!', '∝'].includes(it.token.text)) return true
    }
    return false
  }
  function doesNext(k: number): boolean {
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
  function continuesAfterQuad(k: number): boolean {
    const next = items[k + 1]
    return next?.kind === 'token' && next.token.kind === 'op' && relationOf[next.token.text] !== undefined
  }
}

/** Words inside a formula as the grammar knows them. */
const wordOperator = (text: string): string => {
  const w = text
    .toLowerCase()
    .replace(/[.,:;]/g, '')
    .trim()
  if (/^(?:if|when|whenever|provided(?: that)?|as long as)$/.test(w)) return 'if'
  if (/^(?:for|for all|for every|for each|where|with)$/.test(w)) return 'for'
  if (/^(?:otherwise|else|elsewhere)$/.test(w)) return 'otherwise'
  if (/^(?:and|or|not|in)$/.test(w)) return w
  return 'words'
}

/** Whether a verb behind these tokens says what they are equal to. */
const quantityLike = (c: { readonly operands: readonly (readonly Token[])[] } | undefined): boolean =>
  c !== undefined && c.operands.length === 1 && (c.operands[0] ?? []).length > 0
