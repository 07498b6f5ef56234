/**
 * How much work one derivation may be: attempts of rules, and nodes of the terms whose sign is asked for. Counted, not
 * timed, so that the same model ends in the same way on every machine.
 */

/** The budget of a piece of work was spent before it ended. */
export class OutOfWork extends Error {
  readonly budget: number
  constructor(budget: number) {
    super(`more than ${budget} units of work`)
    this.budget = budget
  }
}

let budget = Number.POSITIVE_INFINITY
let left = Number.POSITIVE_INFINITY

/** Runs f with at most so many units of work; inside of another budgeted piece of work that one's budget counts. */
export const withBudget = <T>(units: number, f: () => T): T => {
  if (budget !== Number.POSITIVE_INFINITY) return f()
  budget = units
  left = units
  try {
    return f()
  } finally {
    budget = Number.POSITIVE_INFINITY
    left = Number.POSITIVE_INFINITY
  }
}

/** Counts work that can be given up halfway: false once the budget is spent. */
export const mayWork = (units: number): boolean => {
  left -= units
  return left >= 0
}

/** Counts work that cannot. @throws OutOfWork once the budget is spent */
export const mustWork = (units: number): void => {
  if (!mayWork(units)) throw new OutOfWork(budget)
}

/** Units spent so far inside of `withBudget`: for benchmarks. */
export const workDone = (): number => budget - left
