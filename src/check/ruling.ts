/** What is decided about one statement, and what the judge remembers of the statements before it. */
import type { Env } from '../term/evaluate.ts'
import type { Expr, Prop, Rel } from '../term/term.ts'
import type { Reference } from './reference.ts'
import type { Missing, Role } from './report.ts'
import type { Line, Statement } from './statement.ts'

/** What to compare mistakes with: a wrong value, or an equation or estimate with the wrong solution. */
export type Target =
  | {
      readonly kind: 'value'
      readonly role: Role
      readonly term: Expr
      readonly right: Expr
      readonly key: string
      readonly by?: readonly Expr[]
    }
  | { readonly kind: 'equation'; readonly equation: Rel }
  | { readonly kind: 'estimate'; readonly parameter: string; readonly term: Expr; readonly index?: Expr }

export interface Ruling {
  /** Said of every sample: no special ones are meant. */
  readonly always?: true
  /** Said in words to hold for the samples that Θ cuts off, too. */
  readonly beyond?: true
  /** Judged on the sample that the task gives. */
  readonly numeric?: true
  readonly role: Role
  readonly status: 'ok' | 'wrong' | 'follows' | 'unknown' | 'prose' | 'unreadable'
  readonly relation?: '=' | '∝' | '+const' | '⇔' | '⇒'
  readonly message: string
  readonly mistake?: string
  /** The mistake to name if no slip explains the line. */
  readonly otherwise?: string
  readonly target?: Target
  readonly counter?: { readonly env: Env; readonly left: Expr; readonly right: Expr }
  readonly expected?: Expr
  readonly rules?: readonly string[]
  readonly remark?: string
  readonly missing?: Missing
}

/** What one line said, as far as later lines build on it. */
export interface Said {
  readonly key: string
  readonly role: Role
  readonly term: Expr
  readonly right: boolean
  readonly line: number
}

export interface Memory {
  reference: Reference
  /** The sample that the task gives in numbers. */
  readonly numbers?: Reference
  /** Every value of a named quantity, in order. */
  readonly said: Said[]
  readonly equations: { readonly equation: Rel; readonly right: boolean; readonly line: number }[]
  readonly estimates: {
    readonly parameter: string
    readonly term: Expr
    readonly right: boolean
    readonly line: number
    readonly hat: boolean
    readonly condition?: Prop
  }[]
  /** Arguments for a maximum that were given. */
  readonly arguments: Set<string>
  /** Conditions on the support that were written down. */
  readonly support: { stated: boolean; needed: number | undefined }
  readonly remarks: string[]
  readonly missing: Set<Missing>
  /** Lines that give a multiplier a value, with the equation that speaks against it. */
  readonly blamed: Map<Statement, Statement>
  /** What an equation with a multiplier alone on one side says of it. */
  readonly multipliers: Map<string, Expr>
  wrong: boolean
  /** What is left of the candidates that may be tried for the line. */
  readonly fuel: { left: number }
  /** The line being judged. */
  line?: Line
  readonly statements: readonly Statement[]
  readonly lines: readonly Line[]
  /** The whole document. */
  readonly text: string
  /** An integer parameter is said to be treated as a real number first. */
  readonly relaxed: boolean
  readonly claims: { readonly claim: string; readonly line: number }[]
  /** What was said of the sample alone: cases that are being treated. `near`: only of the lines around. */
  readonly cases: { readonly prop: Prop; readonly line: number; readonly near?: true }[]
}

/** "Treat N as a real number first": what is differentiated then is no mistake. */
const relaxes =
  /\breal values? first\b|\bevery real\b|\b(?:treat|regard|consider|view|think of)\w*\b[^.]{0,50}\b(?:as|to be) (?:an? )?(?:real|continuous)|\bas (?:if|though) \S+ (?:were|was|is) (?:an? )?(?:real|continuous)|\brelax(?:ed|ing|ation)?\b|\bcontinuous (?:variable|argument|relaxation)\b/i

export const memoryOf = (reference: Reference, lines: readonly Line[], numbers?: Reference): Memory => ({
  ...(numbers ? { numbers } : {}),
  text: lines.map(l => l.source).join('\n'),
  relaxed:
    reference.model.parameters.some(p => p.domain.kind === 'range' || p.domain.kind === 'finite') &&
    relaxes.test(lines.map(l => l.source).join(' ')),
  lines,
  reference,
  said: [],
  equations: [],
  estimates: [],
  arguments: new Set(),
  support: { stated: false, needed: undefined },
  remarks: [],
  missing: new Set(),
  blamed: new Map(),
  multipliers: new Map(),
  wrong: false,
  fuel: { left: 0 },
  statements: lines.flatMap(l => l.statements),
  claims: [],
  cases: [],
})

/** The last thing said of a quantity. */
export const lastSaid = (m: Memory, key: string): Said | undefined => m.said.findLast(s => s.key === key)

/** How much was remembered at a moment. */
export interface Snapshot {
  readonly said: number
  readonly equations: number
  readonly estimates: number
  readonly claims: number
}
export const snapshot = (m: Memory): Snapshot => ({
  said: m.said.length,
  equations: m.equations.length,
  estimates: m.estimates.length,
  claims: m.claims.length,
})
/** Forgets what was remembered since. */
export const restore = (m: Memory, k: Snapshot): void => {
  m.said.length = k.said
  m.equations.length = k.equations
  m.estimates.length = k.estimates
  m.claims.length = k.claims
}
