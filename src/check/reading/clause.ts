/** What a document is cut into: clauses, with their words and links, and sentences. */
import type { Dialect } from '../../read/error.ts'
import type { Token } from '../../read/scanner.ts'
import type { Link, Relation } from '../statement.ts'

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

export interface Cut {
  readonly clauses: readonly Clause[]
  readonly sentences: readonly Sentence[]
}
