/**
 * The derivation as a document: an immutable tree of sections, blocks and lines that hold terms. It serialises to
 * versioned JSON (`json.ts`). No renderer computes mathematics, and nothing here knows how a formula looks.
 */
import type { Model } from '../model/model.ts'
import type { Reason } from '../rewrite/facts.ts'
import type { RuleId, Step } from '../rewrite/rule.ts'
import type { Expr, Prop, Term } from '../term/term.ts'

/** How a formula is printed: without abbreviations, with hats on the parameters, with means written x̄. */
export interface Look {
  readonly plainNames?: boolean
  readonly hats?: boolean
  /** Default: on, unless `plainNames`. */
  readonly means?: boolean | undefined
}

/**
 * Running text. `math` is set inline; `strong` is emphasised. `plainNames` prints the term expanded, without the
 * abbreviations that are in force (for "write k = Σ x_i").
 */
export type Inline = string | ({ readonly math: Term } & Look) | { readonly strong: readonly Inline[] }
export type Phrase = readonly Inline[]

/** An abbreviation that holds from here on: the printer writes `name` for `term`. Names are plain, e.g. 'k', 'S_1'. */
export interface Abbreviation {
  readonly name: string
  readonly term: Expr
}

/** Where the first term of a chain comes from; proof-reading checks it. */
export type Origin =
  | { readonly kind: 'likelihood' } // Π of the model's density over the sample
  | { readonly kind: 'log'; readonly of: string } // logarithm of the last term of line `of`
  | { readonly kind: 'derivative'; readonly of: string; readonly wrt: Expr } // unevaluated derivative of the last term of line `of`
  | { readonly kind: 'zero'; readonly of: string } // (term of line `of`) = 0
  | { readonly kind: 'substitution'; readonly of: string; readonly facts: readonly Prop[] } // term of line `of` under further facts
  | { readonly kind: 'term' } // any term: the chain shows an identity about it

/**
 * One displayed line. `term` follows from the term of the previous line (of the chain's `start` for the first) by `steps`.
 * In a chain of expressions the relation is '=' (or '∝', '+const'); in a chain of equations it is '⇔' or '⇒'.
 */
export interface Line {
  readonly type: 'line'
  readonly id: string
  readonly relation: '=' | '∝' | '+const' | '⇔' | '⇒'
  readonly term: Term
  readonly steps: readonly Step[]
  /** Printed beside the line. */
  readonly reason: Phrase
  /** Proofs of the side conditions used. */
  readonly why: readonly Reason[]
  /** Abbreviations introduced by this line, in force from this line on. */
  readonly names?: readonly Abbreviation[] | undefined
  /** The first line of a likelihood: print the density as its author wrote it. */
  readonly asWritten?: true | undefined
}

/**
 * The aligned display. `subject` is what stands left of the first relation, e.g. ℓ(p); absent in a chain of equations.
 * `given` are the facts of the case that the chain is in: they hold on every line beside the model's.
 */
export interface Chain {
  readonly type: 'chain'
  readonly subject?: Expr | undefined
  readonly start: Term
  readonly origin: Origin
  readonly lines: readonly Line[]
  /** Every parameter is its estimate on these lines. */
  readonly hats?: boolean | undefined
  readonly given: readonly Prop[]
  /** The open set on which every line holds, if not the parameter space: `p in (0,1)` etc. */
  readonly domain?: Prop | undefined
}

export interface Prose {
  readonly type: 'prose'
  readonly content: Phrase
}
/** A display of one statement, not aligned: `left = right` and the like, with text behind it. */
export interface Display {
  readonly type: 'display'
  readonly term: Term
  readonly note?: Phrase
  readonly plainNames?: boolean
  readonly hats?: boolean
  readonly means?: boolean
}
/** A statement that was proved, with its proof as text. */
export interface Check {
  readonly type: 'check'
  readonly claim: Prop
  readonly holds: boolean | 'case'
  readonly content: Phrase
  readonly why: readonly Reason[]
}
export interface ItemList {
  readonly type: 'list'
  readonly items: readonly { readonly label?: Phrase; readonly blocks: readonly Block[] }[]
}
/** The boxed answer: hats are put by the renderer; `forms` are printed one after the other with '='. */
export interface Answers {
  readonly type: 'boxed'
  readonly items: readonly {
    readonly parameter: string
    readonly forms: readonly { readonly term: Expr; readonly plainNames?: boolean }[]
  }[]
  readonly note?: Phrase
}
export interface Table {
  readonly type: 'table'
  readonly head: readonly Phrase[]
  readonly rows: readonly (readonly Phrase[])[]
}
export interface Remark {
  readonly type: 'remark' | 'warning'
  readonly content: Phrase
}
/** The honest end of what could be derived. */
export interface Obstacle {
  readonly type: 'obstacle'
  readonly at: string
  readonly equation?: Term
  readonly content: Phrase
}
/** The density as its author wrote it, f(x | θ) = …, with support. */
export interface DensityDisplay {
  readonly type: 'density'
}
/** A matrix of terms with its name: reserved for several parameters. */
export interface Matrix {
  readonly type: 'matrix'
  readonly subject?: Expr
  readonly entries: readonly (readonly Expr[])[]
  readonly note?: Phrase
}

export type Block = Prose | Display | Check | ItemList | Answers | Table | Remark | Obstacle | DensityDisplay | Matrix | Chain

export type SectionId =
  | 'model'
  | 'short'
  | 'likelihood'
  | 'support'
  | 'log-likelihood'
  | 'score'
  | 'score-equation'
  | 'allowed'
  | 'second-order'
  | 'comparison'
  | 'boundary'
  | 'computing'
  | 'conclusion'
  | 'information'
  | 'invariance'
  | 'numbers'

export interface Section {
  readonly type: 'section'
  readonly id: SectionId
  /** Empty for the unnumbered opening parts `model` and `short`. */
  readonly title: string
  readonly blocks: readonly Block[]
}

export type Outcome = 'interior' | 'boundary' | 'endpoint' | 'implicit' | 'integer' | 'finite' | 'set' | 'none' | 'undecided'
export type GlobalArgument =
  | 'strict concavity'
  | 'sign change'
  | 'coercive'
  | 'reparametrised concavity'
  | 'profile'
  | 'monotone'
  | 'comparison'

/** A row of the conclusion: for samples satisfying `when`, the maximum. */
export interface AnswerCase {
  readonly when: Prop
  readonly attained: Exclude<Outcome, 'undecided'>
  readonly estimator: Readonly<Record<string, Expr>> | null
  /** Where the supremum runs when no maximum exists: a finite point or ±∞. */
  readonly towards: Readonly<Record<string, Expr>> | null
  /** The supremum of L there, when known ('inf' is `infinity`). */
  readonly supremum?: Expr
  readonly set?: Readonly<Record<string, { readonly lo: Expr; readonly hi: Expr; readonly closed: readonly [boolean, boolean] }>>
  /** Finitely many maximisers, each of them one. */
  readonly points?: readonly Readonly<Record<string, Expr>>[]
  /**
   * The maximum is among these, and found by comparing the likelihood there. An expression in the free index `i` and
   * an entry of the data stands for one candidate for each observation. Beside `implicit`: ends of the parameter space, which are
   * compared with the roots of the equation.
   */
  readonly candidates?: Readonly<Record<string, readonly Expr[]>>
  /** L is constant between candidates that tie: every point between them is a maximiser. */
  readonly spanned?: boolean
  readonly why: Phrase
}

export interface Answer {
  readonly outcome: Outcome
  readonly parameters: Readonly<
    Record<string, { readonly estimator: Expr | null; readonly equation: Prop | null; readonly closedForm: boolean }>
  >
  readonly cases: readonly AnswerCase[]
  readonly global: GlobalArgument | null
  /** Observed information at the estimate and Fisher information as functions of the parameters (symbols; hats are implied for `observed`). */
  readonly information:
    | {
        readonly order: readonly string[]
        readonly observed: readonly (readonly Expr[])[]
        readonly fisher: readonly (readonly Expr[])[] | null
        readonly standardError: Readonly<Record<string, Expr>>
      }
    | { readonly refused: string }
  readonly functions: Readonly<Record<string, { readonly estimator: Expr | null; readonly standardError: Expr | null }>>
  readonly obstacle: { readonly at: string; readonly reason: string } | null
}

export interface Certificate {
  readonly lines: number
  readonly replayed: number
  readonly sampled: number
  readonly draws: number
  readonly seed: number
  readonly maximum: 'agrees' | 'differs' | 'not run' | 'not applicable'
  /** An evaluator written by others on the density and the log-likelihood; absent before `certify`. */
  readonly independent?: 'agrees' | 'differs' | 'not applicable'
  /** Another computer algebra system on the score; absent before `certify`. */
  readonly secondOpinion?: 'agrees' | 'differs' | 'not applicable'
  /** Ids of lines that could not be verified, with the reason. */
  readonly unverified: readonly { readonly line: string; readonly reason: string }[]
}

export interface Derivation {
  readonly type: 'derivation'
  readonly schema: 1
  readonly model: Model
  readonly title: string
  readonly sections: readonly Section[]
  readonly answer: Answer
  readonly certificate: Certificate | null
}

export type { RuleId }
