/** Reading formulas: examples in the three notations, traps, and what is refused with which message. */
import { describe, expect, it } from 'vitest'
import { latex, plain, toLatex, toUnicode } from '../src/print/index.ts'
import { asWritten, textAsWritten } from '../src/read/as-written.ts'
import { didYouMean, suggest } from '../src/read/error.ts'
import { plainName } from '../src/read/names.ts'
import { ModelError, parseExpression, parseFacts, parseProposition, parseSyntax, parseTerm, type Scope } from '../src/read/parser.ts'
import { same } from '../src/term/order.ts'
import {
  add,
  all,
  and,
  at,
  big,
  bound,
  call,
  cases,
  deriv,
  div,
  type Expr,
  eq,
  exp,
  finite,
  fn,
  infinity,
  isIn,
  iverson,
  le,
  limit,
  log,
  lt,
  expect as mean,
  mul,
  neg,
  num,
  ONE,
  or,
  pow,
  range,
  rel,
  sqrt,
  sub,
  sym,
  type Term,
  ZERO,
} from '../src/term/term.ts'
import { maximum, minimum, sum } from '../src/term/walk.ts'

const names = (text: string): ReadonlySet<string> => new Set(text.split(' ').filter(w => w !== ''))
const scopeOf = (symbols: string, arrays = '', calls = ''): Scope => ({
  symbols: names(symbols),
  arrays: names(arrays),
  calls: names(calls),
})
const one = scopeOf('x p n k theta mu lambda alpha sigma2 m a b v')
const sample = scopeOf('p n k theta mu lambda alpha beta sigma2 mu1', 'x y', 'L h')
const [x, p, n, theta, mu, a, b, sigma2] = ['x', 'p', 'n', 'theta', 'mu', 'a', 'b', 'sigma2'].map(sym) as [
  Expr,
  Expr,
  Expr,
  Expr,
  Expr,
  Expr,
  Expr,
  Expr,
]
const S = sum(n, i => at('x', i))

const error = (text: string, scope?: Scope): ModelError => {
  try {
    parseTerm(text, scope)
  } catch (e) {
    if (e instanceof ModelError) return e
    throw e
  }
  throw new Error(`"${text}" was read`)
}
const reads = (scope: Scope | undefined, table: readonly (readonly [string, Term])[]): void => {
  for (const [text, term] of table) {
    const read = parseTerm(text, scope)
    if (!same(read, term)) expect.fail(`${text} was read as ${plain(read)}, not as ${plain(term)}`)
  }
}

describe('precedence', () => {
  it('binds as mathematics does', () =>
    reads(one, [
      ['-x^2', neg(pow(x, num(2)))],
      ['2^-x', pow(num(2), neg(x))],
      ['2^-x^2', pow(num(2), neg(pow(x, num(2))))],
      ['a^b^x', pow(a, pow(b, x))],
      ['a/b/x', mul(a, pow(b, num(-1)), pow(x, num(-1)))],
      ['a/b*x', mul(a, pow(b, num(-1)), x)],
      ['a/(b*x)', mul(a, pow(b, num(-1)), pow(x, num(-1)))],
      ['a*(b*x)^(-1)', mul(a, pow(mul(b, x), num(-1)))],
      ['1/x^2', pow(x, num(-2))],
      ['1/sqrt(x)', pow(x, num(-1, 2))],
      ['1/a^x', pow(a, neg(x))],
      ['2x', mul(num(2), x)],
      ['theta x^(theta-1)', mul(theta, pow(x, sub(theta, ONE)))],
      ['a - b - x', add(a, neg(b), neg(x))],
      ['a - (b - x)', sub(a, sub(b, x))],
      ['2*-x', mul(num(-2), x)],
      ['x!^2', pow(fn('factorial', x), num(2))],
      ['a*x!', mul(a, fn('factorial', x))],
      ['log(x)^2', pow(log(x), num(2))],
      ['1/2 x', mul(num(1, 2), x)],
      ['1/(2v)(x-mu)^2', mul(num(1, 2), pow(sym('v'), num(-1)), pow(sub(x, mu), num(2)))],
      ['0.05', num(1, 20)],
      ['1e-3', num(1, 1000)],
      ['.5', num(1, 2)],
      ['x**2', pow(x, num(2))],
      ['e^(-x)', exp(neg(x))],
      ['exp(1)', exp(ONE)],
      ['e', exp(ONE)],
      ['|x-a|', fn('abs', sub(x, a))],
      ['|x|*|a|', mul(fn('abs', x), fn('abs', a))],
      ['a|x|b', mul(a, fn('abs', x), b)],
    ]))

  it('conditions', () =>
    reads(one, [
      ['x <= a ? 1 : b', cases([{ when: le(x, a), value: ONE }], b)],
      [
        'x == a ? 1 : x > 2*a ? 2 : 3',
        cases(
          [
            { when: eq(x, a), value: ONE },
            { when: lt(mul(num(2), a), x), value: num(2) },
          ],
          num(3),
        ),
      ],
      ['x < a or x > b and p != 0', or(lt(x, a), and(lt(b, x), rel('!=', p, ZERO)))],
      ['0 <= p < 1', and(le(ZERO, p), lt(p, ONE))],
      ['not (x < a)', le(a, x)],
      ['indicator(0 < x < theta)', iverson(and(lt(ZERO, x), lt(x, theta)))],
      ['x in {0, 1}', isIn(x, finite(ZERO, ONE))],
      ['x = a = b', and(eq(x, a), eq(a, b))],
    ]))
})

describe('notations', () => {
  it('plain', () =>
    reads(sample, [
      ['sum(x[i], i, 1, n)', S],
      ['sum(x[i]*x[i-1], i, 2, n)', sum(n, i => mul(at('x', i), at('x', sub(i, ONE))), num(2))],
      ['max(x[i], i, 1, n)', maximum(n, i => at('x', i))],
      ['order(2, x[i], i, 1, n)', big('order', ONE, n, at('x', bound(0)), num(2))],
      ['diff(p^2, p, 2)', deriv(pow(p, num(2)), p, 2)],
      ["limit(p, p, 0, '+')", limit(p, sym('p'), ZERO, '+')],
      ['E(p)', mean(p)],
      ["h'(p)", call('h', [p], [1])],
      ['inf', infinity],
      ['x[i] = 1, i in 1..n', all(ONE, n, eq(at('x', bound(0)), ONE))],
      ['choose(n, k)', fn('binomial', n, sym('k'))],
      ['combinations(n, k)', fn('binomial', n, sym('k'))],
      ['beta*(1-p)', mul(sym('beta'), sub(ONE, p))],
    ]))
  it('unicode', () =>
    reads(sample, [
      ['∑ᵢ₌₁ⁿ xᵢ', S],
      ['∑ᵢ xᵢ', S],
      ['Σ xᵢ', S],
      ['∑_{i=1}^{n} x_i', S],
      ['Σ(x[i], i, 1, n)', S],
      ['x̄', mul(pow(n, num(-1)), S)],
      ['p̂', p],
      ['θ̂ ≤ 1', le(theta, ONE)],
      ['σ²', sigma2],
      ['σ⁴', pow(sigma2, num(2))],
      ['σ', sqrt(sigma2)],
      ['μ₁', sym('mu1')],
      ['√(2π)', sqrt(mul(num(2), fn('pi')))],
      ['p² − 1', sub(pow(p, num(2)), ONE)],
      ['e⁻ᵖ', exp(neg(p))],
      ['pᵏ(1−p)ⁿ⁻ᵏ', mul(pow(p, sym('k')), pow(sub(ONE, p), sub(n, sym('k'))))],
      ['x₍ₙ₎', maximum(n, i => at('x', i))],
      ['p ∈ ℝ', parseTerm('p in R', sample)],
      ['½ p', mul(num(1, 2), p)],
      ['Γ(α)', fn('gamma', sym('alpha'))],
      ['ψ′(α)', fn('trigamma', sym('alpha'))],
      ['∏ᵢ 𝟏{xᵢ ≤ θ}', parseTerm('prod(indicator(x[i] <= theta), i, 1, n)', sample)],
    ]))
  it('LaTeX', () =>
    reads(sample, [
      [String.raw`\sum_{i=1}^{n} x_i`, S],
      [String.raw`\sum_i x_i`, S],
      [String.raw`\sum_{1\le i\le n}x_{i}`, S],
      [String.raw`\sum\limits_{i=1}^n x_i`, S],
      [String.raw`\frac12`, num(1, 2)],
      [String.raw`\frac1{2p}`, mul(num(1, 2), pow(p, num(-1)))],
      [String.raw`\theta^12`, mul(num(2), theta)],
      [String.raw`\dfrac{\sqrt{p}}{n}`, div(sqrt(p), n)],
      [String.raw`\sqrt[3]{p}`, pow(p, num(1, 3))],
      [String.raw`\left(1-p\right)^{n}`, pow(sub(ONE, p), n)],
      [String.raw`2\cdot p`, mul(num(2), p)],
      [String.raw`\log p^k`, log(pow(p, sym('k')))],
      [String.raw`\log p\log k`, mul(log(p), log(sym('k')))],
      [String.raw`\log (1-p)^{n}`, log(pow(sub(ONE, p), n))],
      [String.raw`\ln^2 p`, pow(log(p), num(2))],
      [String.raw`\exp\left(-p\right)`, exp(neg(p))],
      [String.raw`e^{-np}`, exp(neg(mul(n, p)))],
      [String.raw`\Gamma(\alpha)`, fn('gamma', sym('alpha'))],
      [String.raw`\psi''(\alpha)`, fn('polygamma', num(2), sym('alpha'))],
      [String.raw`\binom{n}{k}`, fn('binomial', n, sym('k'))],
      [String.raw`\mathbf 1\{p\le\theta\}`, iverson(le(p, theta))],
      [String.raw`\mathbf{1}_{[0,\theta]}(p)`, parseTerm('indicator(p in [0, theta])', sample)],
      [String.raw`x_{(n)}`, maximum(n, i => at('x', i))],
      [String.raw`x_{(1)}`, minimum(n, i => at('x', i))],
      [String.raw`\max_i x_i`, maximum(n, i => at('x', i))],
      [String.raw`\max\{x_1,\dots,x_n\}`, maximum(n, i => at('x', i))],
      [String.raw`\bar x`, mul(pow(n, num(-1)), S)],
      [
        String.raw`\overline{\log x}`,
        mul(
          pow(n, num(-1)),
          sum(n, i => log(at('x', i))),
        ),
      ],
      [String.raw`\hat\theta`, theta],
      [String.raw`\sigma^2`, sigma2],
      [String.raw`\mu_1`, sym('mu1')],
      [String.raw`\beta(1-p)`, mul(sym('beta'), sub(ONE, p))],
      [String.raw`\begin{cases}1&\text{if }p\le1\\2&\text{otherwise}\end{cases}`, cases([{ when: le(p, ONE), value: ONE }], num(2))],
      [String.raw`\frac{d}{dp}\left[p^2\right]`, deriv(pow(p, num(2)), p)],
      [String.raw`\frac{\partial^2}{\partial\mu^2}L(\mu)`, deriv(call('L', [mu]), mu, 2)],
      [String.raw`\frac{\partial L(\theta)}{\partial\theta}`, deriv(call('L', [theta]), theta)],
      [String.raw`\lim_{p\to0^+}p`, limit(p, sym('p'), ZERO, '+')],
      [String.raw`L(p\mid x_1)`, call('L', [p, at('x', ONE)])],
      [String.raw`\left|p-1\right|`, fn('abs', sub(p, ONE))],
      [String.raw`x_2!\,x_1^2`, mul(fn('factorial', at('x', num(2))), pow(at('x', ONE), num(2)))],
    ]))
  it('Σ takes the following product and stops at + − and relations', () =>
    reads(sample, [
      [
        String.raw`\sum_{i=1}^n x_i p + 1`,
        add(
          sum(n, i => mul(at('x', i), p)),
          ONE,
        ),
      ],
      [String.raw`\sum_{i=1}^n x_i = k`, eq(S, sym('k'))],
      [
        String.raw`p\sum_{i=1}^n\sum_{j=1}^n x_iy_j`,
        mul(
          p,
          sum(n, i => sum(n, j => mul(at('x', i), at('y', j)))),
        ),
      ],
    ]))
  it('without a scope every word is a symbol and e, pi are numbers', () =>
    reads(undefined, [
      ['f[i]', at('f', sym('i'))],
      ['rate*x', mul(sym('rate'), x)],
      ['gamma*x', mul(sym('gamma'), x)],
      ['2*pi*e', mul(num(2), fn('pi'), exp(ONE))],
      ['sigma2', sigma2],
    ]))
  it('facts are separated by commas, ranges belong to what stands before them', () => {
    const facts = parseFacts('a > 0, n in {1..}, x[i] in {0, 1}, i in 1..n, x[i] = 1, i = 1, ..., n')
    expect(facts.map(plain)).toEqual(['a > 0', 'n in {1..}', '(x[i] in {0, 1}, i in 1..n)', '(x[i] = 1, i in 1..n)'])
    expect(same(facts[1] as Term, isIn(n, range(ONE, infinity)))).toBe(true)
    expect(parseFacts('  ')).toEqual([])
  })
})

describe('what is refused', () => {
  const refuses = (scope: Scope | undefined, table: readonly (readonly [string, RegExp, number])[]): void => {
    for (const [text, message, column] of table) {
      const e = error(text, scope)
      expect(`${e.message} | ${e.expected ?? ''}`, text).toMatch(message)
      expect(e.place?.column, text).toBe(column)
    }
  }
  it('names its reason and place', () =>
    refuses(one, [
      ['lgo(x)', /unknown function lgo; did you mean log/, 1],
      ['x + frobnicate(p)', /unknown function frobnicate/, 5],
      ['x + q', /undeclared symbol q/, 5],
      ['2*lamda', /did you mean lambda/, 3],
      ['x < oo', /infinity is written inf/, 5],
      ['np', /did you mean n\*p/, 1],
      ['(x + p', /never closed/, 1],
      ['log(x', /never closed/, 4],
      ['x + p)', /nothing to close/, 6],
      ['[x + p)', /to close the \[/, 7],
      ['x # p', /stray character "#"/, 3],
      ['x\u200bp', /stray character/, 2],
      ['x +', /ends here/, 4],
      ['', /ends here/, 1],
      ['log x', /parentheses/, 1],
      ['gamma(x, p)', /takes 1 argument, here are 2/, 1],
      ['p[x]', /single value/, 1],
      ['1/2x', /how far the denominator goes/, 3],
      ['x 2', /operator before the number/, 3],
      ['1/0', /division by zero/, 3],
      ['0^(-1)', /division by zero/, 1],
      ['x + (p < 1)', /condition where a value/, 6],
      ['x ? 1 : 2', /no condition/, 1],
      ['x < 1 ? 2', /":"/, 10],
      ['x in {1..0}', /empty set/, 6],
      ['x in N', /with 0 by some/, 6],
      ['x + inf', /infinity where a number/, 5],
      ['sum(x, i, 1)', /four arguments/, 1],
      ['sum(x, 2, 1, n)', /no name/, 8],
      ['x @ p', /stray character "@"/, 3],
      ['{x}', /braces/, 1],
      ['f(x)', /f is no function/, 1],
    ]))
  it('in LaTeX', () =>
    refuses(sample, [
      [String.raw`\lamda p`, /unknown LaTeX command \\lamda; did you mean \\lambda/, 1],
      [String.raw`\frac{1}{p`, /never closed/, 9],
      [String.raw`\log p k`, /how far the argument of log/, 1],
      [String.raw`\log_2 p`, /natural/, 5],
      [String.raw`p^{2}!`, /factorial/, 6],
      [String.raw`\sum p`, /which index/, 1],
      [String.raw`\begin{align}p\end{align}`, /environment/, 1],
      [String.raw`beta(1-p)`, /\|.*beta\*\(…\)/, 1],
      ['x', /list of values/, 1],
      ['x[i]', /undeclared symbol i/, 3],
    ]))
  it('without a scope a name before a parenthesis is not guessed at', () =>
    refuses(undefined, [
      ['h(a)', /no function/, 1],
      ['p(1-p)', /p\*\(…\)/, 1],
    ]))
  it('too much of anything', () => {
    const nested = (k: number): string => `${'('.repeat(k)}x${')'.repeat(k)}`
    expect(same(parseTerm(nested(200)), x)).toBe(true)
    expect(error(nested(300)).message).toMatch(/nested/)
    expect(error(`${'-'.repeat(5000)}x`).message).toMatch(/nested/)
    expect(error(`x${'^x'.repeat(3000)}`).message).toMatch(/nested/)
    expect(error(`${'sum('.repeat(35)}x${',i,1,n)'.repeat(35)}`).message).toMatch(/31 nested/)
    expect(error('9'.repeat(1000)).message).toMatch(/digits/)
    expect(error(Array.from({ length: 300 }, (_, k) => `(${k + 2}/${k + 3})^64`).join('+')).message).toMatch(/exact arithmetic/)
    expect(error('x+'.repeat(30_000)).message).toMatch(/characters/)
    expect(error(`${'indicator(0<'.repeat(60)}x${'<1)'.repeat(60)}`).message).toMatch(/too large/)
    expect(parseTerm(`x${'+x'.repeat(5000)}`).kind).toBe('add')
  })
})

describe('messages', () => {
  it('point to the place in the file', () => {
    try {
      parseExpression('p^x *\n  lgo(p)', one, { file: 'coin.yaml', line: 3, column: 10 })
      expect.fail('was read')
    } catch (e) {
      expect((e as ModelError).format()).toBe(
        [
          'coin.yaml:4:3: unknown function lgo; did you mean log?',
          '    lgo(p)',
          '    ^^^',
          'expected a function, or lgo*(…) for a product',
        ].join('\n'),
      )
    }
    expect(error('p + q', one).place).toMatchObject({ line: 1, column: 5, offset: 4, length: 1, source: 'p + q' })
  })
  it('shorten long lines and count combining marks as no column', () => {
    const lines = error(`${'p+'.repeat(200)}q`, one)
      .format()
      .split('\n')
    expect(lines[1]?.length).toBeLessThan(120)
    expect(lines[1]?.[lines[2]?.indexOf('^') ?? 0]).toBe('q')
    expect(error('p̂ + q', one).format().split('\n')[2]).toBe('      ^')
  })
  it('suggest the nearest names', () => {
    expect(suggest('lamda', ['lambda', 'mu'])).toEqual(['lambda'])
    expect(suggest('Log', ['log', 'logit'])).toEqual(['log'])
    expect(didYouMean('zzzz', ['log'])).toBe('')
  })
})

it('names in their plain spelling', () => {
  expect(['θ', '\\theta', 'μ₁', '\\mu_1', '\\mu_{1}', 'σ²', '\\sigma^2', 'x', 'x_m', '2x', 'and'].map(plainName)).toEqual([
    'theta',
    'theta',
    'mu1',
    'mu1',
    'mu1',
    'sigma2',
    'sigma2',
    'x',
    'x_m',
    undefined,
    undefined,
  ])
})

describe('syntax', () => {
  it('keeps what the author wrote, with spans', () => {
    const s = parseSyntax('1/sqrt(p) - (x)', one)
    expect(s.kind).toBe('sum')
    if (s.kind !== 'sum') return
    expect(s.terms.map(t => [t.minus, t.term.kind, t.term.span])).toEqual([
      [false, 'product', { start: 0, end: 9 }],
      [true, 'group', { start: 12, end: 15 }],
    ])
  })
  it('as written, in LaTeX and for the i-th observation', () => {
    const shown = (text: string, scope: Scope): string => toLatex(textAsWritten(text, { scope }))
    expect(shown('p^x*(1-p)^(1-x)', one)).toBe('p^{x}(1-p)^{1-x}')
    expect(shown('lambda^x * exp(-lambda) / x!', one)).toBe(String.raw`\frac{\lambda^{x}\exp(-\lambda)}{x!}`)
    expect(shown('1/sqrt(2*pi*v)*exp(-(x-mu)^2/(2*v))', one)).toBe(
      String.raw`\frac{1}{\sqrt{2\pi v}}\exp\left(-\frac{(x-\mu)^{2}}{2v}\right)`,
    )
    expect(shown(String.raw`\frac{1}{\sqrt{2\pi\sigma^2}}e^{-x}`, one)).toBe(String.raw`\frac{1}{\sqrt{2\pi\sigma^{2}}}e^{-x}`)
    expect(shown('0.05*exp(-0.05*x)', one)).toBe(String.raw`0.05\exp(-0.05x)`)
    const each = { scope: one, index: { names: new Set(['x']), letter: 'i' } }
    expect(toLatex(textAsWritten('p^x*(1-p)^(1-x)', each))).toBe('p^{x_i}(1-p)^{1-x_i}')
    expect(toUnicode(textAsWritten('theta x^(theta-1)', each))).toBe('θ xᵢᶿ⁻¹')
    // a Σ of the source gives way to the letter of the observation
    expect(toLatex(asWritten(parseSyntax('sum(a*x^i, i, 0, m)', one), each))).toBe(String.raw`\sum_{j=0}^{m}a x_i^{j}`)
  })
})

it('propositions are no expressions and the other way round', () => {
  expect(() => parseExpression('x > 0', one)).toThrow(ModelError)
  expect(() => parseProposition('x', one)).toThrow(ModelError)
  expect(latex(parseExpression('x', one).term)).toBe('x')
})
