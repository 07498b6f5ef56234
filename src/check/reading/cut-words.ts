/** Words in the stream: a sign between two formulas, a word of the grammar inside of one, or what stands between clauses. */
import type { Token } from '../../read/scanner.ts'
import { type Cutting, empty, end, endSentence, linkOf, relationOf, say, sayBehind } from './cutting.ts'
import { hasOwnRelation } from './lookahead.ts'
import type { Item } from './stream.ts'

/** Words that stand for a sign between two formulas. */
const verb =
  /^(?:(?:is|are|equals?|becomes|reads)(?:,? (?:then|therefore|thus|hence|so|just|simply|now|also))*,?(?: equal to| given by)?|:=)$/i
const proportional = /^(?:is |are |which is )?(?:directly )?proportional to$/i

/** "m_1, …, m_n are n parameters", "θ̂ is 2 times the mean": the formula behind the verb counts what the words behind it name. */
const joinsOn =
  /^[\s,;:.!?()]*(?:$|[,;:.!?()–-]|(?:and|or|but|if|iff|when|whenever|for|so|because|since|by|as|with|where|which|in|at|on|here|there|then|thus|hence|provided|unless|while|respectively|resp|too|also|again|exactly|everywhere|always|only|under|from|to|after|before|that|this|we|it|because|whereas|yielding|giving)\b)/i
const measures = /^\s*(?:times|percent|per cent|%|fold|units?|standard (?:errors?|deviations?)|degrees?)\b/i
const counts = (items: readonly Item[], k: number, verbs: string): boolean => {
  const behind = items.slice(k + 1).find(it => it.kind === 'words')
  if (behind?.kind !== 'words') return false
  return /^are$/i.test(verbs) ? !joinsOn.test(behind.text) : measures.test(behind.text)
}

const estimateOf = /\b(?:mles?|estimat(?:e|or)s?) (?:of|for)(?: the \w+)?\s*$/i

/** Takes the words at k. */
export const takeWords = (cut: Cutting, item: Item & { kind: 'words' }, k: number): void => {
  const { items } = cut
  if (cut.commentAt >= 0) {
    cut.commentWords = true
    // "write k = Σ x_i" in a column of reasons defines.
    if (/\b(?:write|where|let|define|denote|with|writing|call)$/i.test(item.text)) {
      cut.words = 'where'
      cut.commentAt = -1
      cut.commentWords = false
    }
    return
  }
  const before = items[k - 1]
  const after = items[k + 1]
  const between = !empty(cut) || (before?.kind === 'edge' && cut.inSentence.length > 0)
  const first = after?.kind === 'edge' ? items[k + 2] : after
  const beginsOperand = first?.kind === 'token' && relationOf[first.token.text] === undefined && first.token.text !== ','
  const last = cut.clauses.at(-1)
  const sign = proportional.test(item.text) ? '∝' : verb.test(item.text) ? '=' : undefined
  const reopened = (): boolean => {
    if (!empty(cut)) {
      // "the MLE of P(X > 1) = e^(−λ) is …": of the value
      if (cut.operators.length === 1 && sign === '=' && estimateOf.test(cut.words)) {
        cut.operands = cut.operands.slice(1)
        cut.operators = []
      }
      return cut.operators.length === 0 || proportional.test(item.text)
    }
    if (!last || cut.inSentence.at(-1) !== cut.clauses.length - 1 || last.operators.length > 0) return false
    cut.clauses.pop()
    cut.inSentence.pop()
    const mark = cut.text.lastIndexOf('⟨')
    cut.text = cut.text.slice(0, mark)
    cut.places = cut.places.slice(0, mark)
    cut.operands = last.operands.map(o => [...o])
    cut.operators = [...last.operators]
    cut.words = last.words
    cut.link = last.link
    cut.comma = last.comma
    return true
  }
  // A new sentence after a display that ends without a full stop.
  if (before?.kind === 'edge' && empty(cut) && /^[A-Z][a-z]/.test(item.text) && cut.clauses.at(-1)?.display && cut.inSentence.length > 0)
    endSentence(cut, item.start)
  const spoken = empty(cut) ? (last?.words ?? '') : cut.words.toLowerCase()
  const turned =
    /\b(?:respect to|w\.?r\.?t\.?|over|under|in|at|about|by|from|where|each)\s*$/.test(spoken) ||
    (/\b(?:of|for)\s*$/.test(spoken) && !/\b(?:mle|estimat\w+|maximi\w+|value|derivative|likelihood|log)\b/.test(spoken))
  if (
    sign !== undefined &&
    between &&
    beginsOperand &&
    cut.depth === 0 &&
    !turned &&
    !hasOwnRelation(items, k) &&
    !(sign === '=' && counts(items, k, item.text)) &&
    (quantityLike(empty(cut) ? last : cut) || (cut.operators.length === 1 && sign === '=' && estimateOf.test(cut.words))) &&
    reopened()
  ) {
    cut.operators.push({
      relation: sign,
      imposed: false,
      token: { kind: 'op', text: sign, start: item.start, end: item.end, space: true, symbol: false },
    })
    cut.operands.push([])
    return
  }
  if (cut.depth > 0 && !empty(cut)) {
    // Words inside a parenthesis or in a choice of cases: kept for the grammar.
    const like = { kind: 'op', start: item.start, end: item.end, space: true, symbol: false } as const
    cut.operands.at(-1)?.push({ ...like, text: wordOperator(item.text) })
    // 1/(mean of the squares): the words close the parenthesis
    if (/^[^()]*\)$/.test(item.text)) {
      cut.operands.at(-1)?.push({ ...like, text: ')', start: item.end - 1 })
      cut.depth--
    }
    return
  }
  end(cut)
  if (cut.parenthesis > 0 && item.text.includes(')')) cut.parenthesis = 0
  say(cut, item.text, item.start)
  cut.words = cut.words === '' ? item.text : `${cut.words} ${item.text}`
  const l = linkOf(item.text)
  if (l !== undefined) cut.link = l
  sayBehind(cut, item.text.toLowerCase())
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
