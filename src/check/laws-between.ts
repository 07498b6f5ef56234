/** The laws that lead from one line to the next, by name: those of a derivation whose pattern stands before and not after. */
import type { Memory } from './ruling.ts'
import type { Statement } from './statement.ts'

export const rulesBetween = (_m: Memory, _s: Statement): readonly string[] => []
