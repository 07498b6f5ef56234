/** The JSON form: writing and reading back is the identity, and whatever is wrong is refused with its place. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerJson } from '../src/document/answer-json.ts'
import type { Derivation } from '../src/document/document.ts'
import { derivationJson, readDerivation } from '../src/document/json.ts'
import { innerTermCodec, termCodec, writeTerm } from '../src/document/term-json.ts'
import { ModelError } from '../src/read/error.ts'
import { parseExpression } from '../src/read/parser.ts'
import { same } from '../src/term/order.ts'
import { add, at, bound, div, type Expr, log, mul, num, pow, sym, type Term } from '../src/term/term.ts'
import { maximum, prod, sum } from '../src/term/walk.ts'
import { bernoulli, everyTerm, everything } from './render-fixture.ts'

const complain = (message: string): never => {
  throw new ModelError(message)
}
const readTerm = (json: unknown): Term => termCodec.read(json, { path: 'term', depth: 0, complain })
const throughText = (json: unknown): unknown => JSON.parse(JSON.stringify(json))

const leaf: fc.Arbitrary<Expr> = fc.oneof(
  fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).chain(p => fc.integer({ min: 1, max: 99 }).map(q => num(p, q))),
  fc.constantFrom('p', 'theta', 'sigma2', 'x').map(sym),
  fc.constantFrom('x', 'y').map(name => at(name, sym('i'))),
)
const random: fc.Arbitrary<Expr> = fc.letrec<{ e: Expr }>(tie => ({
  e: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    leaf,
    fc.array(tie('e'), { maxLength: 4 }).map(ts => add(...ts)),
    fc.array(tie('e'), { maxLength: 4 }).map(ts => mul(...ts)),
    fc.tuple(tie('e'), tie('e')).map(([a, b]) => pow(a, b)),
    tie('e').map(log),
    fc.tuple(fc.constantFrom(sum, prod, maximum), tie('e')).map(([op, a]) => op(sym('n'), i => mul(a, at('x', i)))),
  ),
})).e

describe('terms', () => {
  test.each(everyTerm.map(t => [JSON.stringify(writeTerm(t)), t] as const))('%s', (_, t) => {
    expect(same(readTerm(throughText(writeTerm(t))), t)).toBe(true)
  })
  test('any term is restored', () => {
    fc.assert(fc.property(random, t => same(readTerm(throughText(writeTerm(t))), t)))
  })
  test.each([
    [null],
    [true],
    [1.5],
    [''],
    [[]],
    [['nosuch', 1]],
    [['^', 1]],
    [['^', 1, 2, 3]],
    [['fn', 'sine', 'x']],
    [['fn', 'log', 'x', 'y']],
    [['num', '1', '0']],
    [['num', 1, 2]],
    [['#', 0]],
    [['sum', 1, 'n', ['#', 1]]],
    [['+', ['=', 'a', 'b']]],
    [['=', 'a', ['=', 'b', 'c']]],
    [['in', 'x', 'y']],
    [['and', 'x']],
    [['interval', 0, 1, 1, 0]],
    [['call', 'f', ['x'], []]],
    [['lim', 'x', 0, 'x', 'left']],
    [['\u0000', 1]],
    ['\u00000'],
    [['D', 'x', 'x', 0]],
    [['__proto__', 1]],
    [['cases', [['x', 'x']], null]],
    [{ kind: 'sym', name: 'x', hash: 0, free: 0 }],
  ])('refuses %j', json => {
    expect(() => readTerm(json)).toThrow(ModelError)
    expect(() => readTerm(json)).toThrow(/^term/)
  })
  test('a bound index may not point beyond its binders', () => {
    const loose = writeTerm(mul(bound(0), sym('a')))
    expect(() => readTerm(loose)).toThrow(/index of an enclosing/)
  })
  test('but what is said inside a binder may, up to the number of binders there can be', () => {
    expect(same(innerTermCodec.read(['at', 'x', ['#', 0]], { path: 'fact', depth: 0, complain }), at('x', bound(0)))).toBe(true)
    expect(() => innerTermCodec.read(['#', 31], { path: 'fact', depth: 0, complain })).toThrow(ModelError)
  })
  test('deep nesting is refused, not a crash', () => {
    let json: unknown = 'x'
    for (let i = 0; i < 100_000; i++) json = ['^', json, 2]
    expect(() => readTerm(json)).toThrow(/levels deep/)
  })
})

/** Everything but the reasons of cases' `why` survives as it was; terms are compared by structure. */
const restored = (d: Derivation): Derivation => readDerivation(JSON.stringify(derivationJson(d)))

describe('documents', () => {
  test.each([
    ['bernoulli', bernoulli],
    ['everything', everything],
  ] as const)('%s is restored', (_, d) => {
    const back = restored(d)
    expect(derivationJson(back)).toEqual(derivationJson(d))
    expect(back).toEqual(d)
  })
  test('reading takes the parsed object as well', () => {
    expect(readDerivation(derivationJson(bernoulli))).toEqual(bernoulli)
  })
  test('further keys are ignored', () => {
    expect(readDerivation({ ...(derivationJson(bernoulli) as object), later: { anything: 1 } })).toEqual(bernoulli)
  })
  test('without a certificate it is null', () => {
    const { certificate: _, ...rest } = derivationJson(bernoulli) as Readonly<Record<string, unknown>>
    expect(readDerivation(rest).certificate).toBeNull()
  })
  test('the form before a step is written only where it is not the term reached', () => {
    expect(JSON.stringify(derivationJson(bernoulli))).not.toContain('"before"')
  })
})

/** The document with one value exchanged, by a path of keys. */
const changed = (path: readonly (string | number)[], value: unknown): unknown => {
  const copy = throughText(derivationJson(bernoulli)) as Record<string | number, unknown>
  let at = copy
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>
  at[path.at(-1) as string | number] = value
  return copy
}
const errorOf = (json: unknown): ModelError => {
  try {
    readDerivation(json)
  } catch (error) {
    if (error instanceof ModelError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('refusals', () => {
  test.each([
    [['type'], 'page', 'derivation.type: expected "derivation", found "page"'],
    [['schema'], 2, 'derivation.schema: expected schema 1, found 2'],
    [['title'], 3, 'derivation.title: expected a text, found 3'],
    [['sections'], null, 'derivation.sections: expected an array, found null'],
    [['sections', 2, 'blocks', 1, 'type'], 'poem', 'derivation.sections[2].blocks[1].type: expected "chain" or'],
    [
      ['sections', 2, 'blocks', 1, 'lines', 2, 'term'],
      ['/', 1, 2],
      'derivation.sections[2].blocks[1].lines[2].term[0]: expected the head of a formula, found "/"',
    ],
    [['sections', 2, 'blocks', 1, 'lines', 2, 'relation'], '>', 'derivation.sections[2].blocks[1].lines[2].relation: expected "=" or "∝"'],
    [['sections', 2, 'blocks', 1, 'lines', 1, 'steps', 0, 'path'], ['a'], 'lines[1].steps[0].path[0]: expected an integer, found "a"'],
    [
      ['sections', 2, 'blocks', 0, 'content', 0],
      { link: 'x' },
      'content[0]: expected a text, { "math": … } or { "strong": … }, found an object',
    ],
    [['model', 'parameters', 0, 'domain'], 'p', 'derivation.model.parameters[0].domain: expected a set, found "p"'],
    [['answer', 'outcome'], 'fine', 'derivation.answer.outcome: expected "interior" or'],
    [['answer', 'cases', 0, 'when'], null, 'derivation.answer.cases[0].when: expected a formula'],
    [['certificate', 'lines'], 'many', 'derivation.certificate.lines: expected an integer, found "many"'],
  ] as const)('%j = %j', (path, value, message) => {
    expect(errorOf(changed(path, value)).message).toContain(message)
  })
  test('text that is no JSON is shown with its place', () => {
    const error = errorOf('{"type": "derivation",\n "schema": oops}')
    expect(error.place?.line).toBe(2)
    expect(error.format()).toContain('^')
  })
  test('no damage goes through: every value exchanged for another kind is refused or harmless', () => {
    const paths: (string | number)[][] = []
    const walk = (json: unknown, path: (string | number)[]): void => {
      if (typeof json !== 'object' || json === null) return
      for (const key of Object.keys(json)) {
        const here = [...path, Array.isArray(json) ? Number(key) : key]
        paths.push(here)
        walk((json as Record<string, unknown>)[key], here)
      }
    }
    walk(derivationJson(bernoulli), [])
    fc.assert(
      fc.property(
        fc.constantFrom(...paths),
        fc.constantFrom<unknown>(null, -1, 0.5, '', 'zzz', [], {}, [[]], ['#', 7], true),
        (path, value) => {
          try {
            readDerivation(changed(path, value))
          } catch (error) {
            expect(error).toBeInstanceOf(ModelError)
            expect((error as Error).message).toMatch(/^derivation/)
          }
        },
      ),
      { numRuns: 400 },
    )
  })
})

describe('the public answer', () => {
  test('has the keys of the contract and nothing else', () => {
    const answer = answerJson(bernoulli) as Readonly<Record<string, unknown>>
    expect(Object.keys(answer).sort()).toEqual(
      ['cases', 'functions', 'global', 'identified', 'information', 'obstacle', 'outcome', 'parameters', 'points', 'set'].sort(),
    )
    expect(answer.outcome).toBe('interior')
    expect(JSON.stringify(answer)).not.toContain('"term"')
    expect(JSON.stringify(answer)).not.toContain('"because"')
  })
  test('formulas are expanded and read back', () => {
    const answer = answerJson(bernoulli) as { parameters: { p: { estimator: { latex: string; text: string } } } }
    const { text } = answer.parameters.p.estimator
    const expected = div(
      sum(sym('n'), i => at('x', i)),
      sym('n'),
    )
    expect(same(parseExpression(text).term, expected)).toBe(true)
  })
  test('a set of maximisers stands at the top as well', () => {
    const answer = answerJson({ ...everything, answer: { ...everything.answer, outcome: 'set' } }) as {
      set: unknown
      cases: { set: unknown }[]
    }
    expect(answer.set).toEqual(answer.cases[0]?.set)
    expect(answer.set).not.toBeNull()
  })
})
