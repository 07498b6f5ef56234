/** A document while it is being cut: the clause that is open, the sentence around it, and what ends either. */
import type { Dialect } from '../../read/error.ts'
import type { Token } from '../../read/scanner.ts'
import type { Link } from '../statement.ts'
import type { Clause, Operator, Sentence } from './clause.ts'
import type { Item } from './stream.ts'

export const relationOf: Readonly<Record<string, Operator['relation']>> = {
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
export const openers = new Set(['(', '[', '{', '\\{', 'begin-cases', 'begin-matrix', 'lfloor', 'lceil'])
export const shutters = new Set([')', ']', '}', '\\}', 'end-cases', 'end-matrix', 'rfloor', 'rceil'])
const signs = new Set(['+', '-', '*', '/', '±', '^', '_', '...'])

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

export interface Cutting {
  readonly items: readonly Item[]
  readonly clauses: Clause[]
  readonly sentences: Sentence[]
  /** The sentence: its words, their places, its clauses. */
  text: string
  places: number[]
  inSentence: number[]
  aside: boolean
  sentenceStart: number
  /** The clause. */
  operands: Token[][]
  operators: Operator[]
  words: string
  link: Link | undefined
  comma: boolean
  dialect: Dialect
  display: boolean
  timid: boolean
  depth: number
  rows: number
  /** In a column of reasons that began at this depth of rows; −1 outside of one. */
  commentAt: number
  commentWords: boolean
  /** Inside a parenthesis that holds a statement of its own. */
  parenthesis: number
}

export const cuttingOf = (items: readonly Item[]): Cutting => ({
  items,
  clauses: [],
  sentences: [],
  text: '',
  places: [],
  inSentence: [],
  aside: false,
  sentenceStart: items[0] && items[0].kind !== 'token' ? items[0].start : 0,
  operands: [[]],
  operators: [],
  words: '',
  link: undefined,
  comma: false,
  dialect: 'plain',
  display: false,
  timid: false,
  depth: 0,
  rows: 0,
  commentAt: -1,
  commentWords: false,
  parenthesis: 0,
})

export const say = (cut: Cutting, s: string, place: number): void => {
  if (cut.text === '') cut.sentenceStart = place
  const padded = cut.text === '' || cut.text.endsWith(' ') ? s : ` ${s}`
  cut.text += padded
  for (let i = 0; i < padded.length; i++) cut.places.push(place + Math.max(0, i - (padded.length - s.length)))
}
export const empty = (cut: Cutting): boolean => cut.operators.length === 0 && (cut.operands[0] ?? []).length === 0
const fresh = (cut: Cutting): void => {
  cut.words = ''
  cut.link = undefined
  cut.comma = false
}
/** Ends the clause. */
export const end = (cut: Cutting): void => {
  cut.depth = 0
  if (empty(cut)) return
  const { operands, operators, link, dialect, display, timid, comma } = cut
  const all = [...operands.flat(), ...operators.map(o => o.token)]
  const start = Math.min(...all.map(t => t.start))
  const stop = Math.max(...all.map(t => t.end))
  cut.clauses.push({
    operands,
    operators,
    words: cut.words.toLowerCase(),
    behind: '',
    link,
    dialect,
    display,
    timid,
    sentence: cut.sentences.length,
    comma,
    start,
    end: stop,
  })
  cut.inSentence.push(cut.clauses.length - 1)
  say(cut, `⟨${cut.clauses.length - 1}⟩`, start)
  cut.operands = [[]]
  cut.operators = []
  fresh(cut)
}
export const endSentence = (cut: Cutting, place: number): void => {
  end(cut)
  const { text, places, inSentence, aside, sentenceStart } = cut
  if (text.trim() !== '' || aside) cut.sentences.push({ text, places, clauses: inSentence, aside, start: sentenceStart })
  cut.text = ''
  cut.places = []
  cut.inSentence = []
  cut.aside = false
  cut.parenthesis = 0
  cut.sentenceStart = place
  fresh(cut)
}
/** Whether the operand waits for more: an open parenthesis, a sign at its end. */
export const unfinished = (cut: Cutting): boolean => {
  const last = cut.operands.at(-1) ?? []
  const tail = last.at(-1)
  // 0, 1, 2, …: a list that ends with its dots is finished
  const listed = tail?.text === '...' && last.at(-2)?.text === ','
  // "from + to −": a sign by itself is a word
  if (cut.depth === 0 && cut.operators.length === 0 && last.every(t => t.kind === 'op' && signs.has(t.text))) return false
  return (cut.depth > 0 || (cut.operators.length > 0 && last.length === 0) || (tail?.kind === 'op' && signs.has(tail.text))) && !listed
}
/** Words behind the last clause of the sentence are kept with it. */
export const sayBehind = (cut: Cutting, words: string): void => {
  const c = cut.clauses.at(-1)
  if (c && cut.inSentence.length > 0) cut.clauses[cut.clauses.length - 1] = { ...c, behind: `${c.behind} ${words}`.trim() }
}
