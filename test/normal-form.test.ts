import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plain } from '../src/print/index.ts'
import { parseExpression } from '../src/read/parser.ts'
import { type Env, evaluate } from '../src/term/evaluate.ts'
import {
  decompose,
  equivalent,
  isZeroForm,
  normalForm,
  numeratorDenominator,
  type Positive,
  polynomialIn,
  reduceFraction,
} from '../src/term/normal-form.ts'
import { same } from '../src/term/order.ts'
import {
  add,
  addAll,
  at,
  call,
  deriv,
  div,
  type Expr,
  expect as expectation,
  infinity,
  limit,
  mul,
  neg,
  num,
  ONE,
  pow,
  sub,
  sym,
  ZERO,
} from '../src/term/term.ts'
import { arraysOf, mentions, some, substitute, sum, summands } from '../src/term/walk.ts'
import { environments, positive, terms } from './normal-form-terms.ts'

const t = (text: string): Expr => parseExpression(text).term
const known = new Set(['a', 'b', 'lambda', 'n', 'p', 'theta', 'v', 'alpha'])
/** Parameters and x positive, 0 < p < 1; y, z, w, k, m of any sign. */
const oracle: Positive = u => (u.kind === 'sym' && known.has(u.name)) || (u.kind === 'at' && u.name === 'x') || same(u, t('1-p'))

const identities: Record<string, [string, string][]> = {
  'sums over an index': [
    ['sum(theta*x[i]/(1+theta*x[i]), i, 1, n) + sum(1/(1+theta*x[i]), i, 1, n)', 'n'],
    ['sum((x[i] - sum(x[j], j, 1, n)/n)^2, i, 1, n)', 'sum(x[i]^2, i, 1, n) - sum(x[i], i, 1, n)^2/n'],
    ['sum(2, i, 0, n)', '2*n + 2'],
    ['sum(x[i], i, 1, 3)', 'x[1] + x[2] + x[3]'],
    ['sum(x[i-1]^2, i, 2, n)', 'sum(x[i]^2, i, 1, n-1)'],
    ['sum(sum(y[i,j], i, 1, n), j, 1, m)', 'sum(sum(y[i,j], j, 1, m), i, 1, n)'],
    ['sum(z[i]*sum(y[i,j]*w[j], j, 1, m), i, 1, n)', 'sum(w[j]*sum(y[i,j]*z[i], i, 1, n), j, 1, m)'],
    ['sum(x[i]*exp(b*x[i])/(1+exp(b*x[i])), i, 1, n)', 'sum(x[i]/(1+exp(-b*x[i])), i, 1, n)'],
    ['sum((1-x[i])/(1-x[i]^2), i, 1, n)', 'sum(1/(1+x[i]), i, 1, n)'],
    ['(b-a)*sum(1/((x[i]+a)*(x[i]+b)), i, 1, n)', 'sum(1/(x[i]+a), i, 1, n) - sum(1/(x[i]+b), i, 1, n)'],
  ],
  'products over an index': [
    ['prod(p^x[i]*(1-p)^(1-x[i]), i, 1, n)', 'p^sum(x[i], i, 1, n)*(1-p)^(n-sum(x[i], i, 1, n))'],
    ['prod(lambda^x[i]*exp(-lambda)/factorial(x[i]), i, 1, n)', 'lambda^sum(x[i], i, 1, n)*exp(-n*lambda)/prod(factorial(x[i]), i, 1, n)'],
    ['prod(1/sqrt(2*pi*v)*exp(-(x[i]-m)^2/(2*v)), i, 1, n)', '(2*pi*v)^(-n/2)*exp(-sum((x[i]-m)^2, i, 1, n)/(2*v))'],
    ['prod(theta*x[i]^(theta-1), i, 1, n)', 'theta^n*prod(x[i], i, 1, n)^(theta-1)'],
    ['prod(theta*x[i]^(theta-1), i, 1, n)', 'exp(n*log(theta) + (theta-1)*sum(log(x[i]), i, 1, n))'],
    ['prod(2*x[i]+2, i, 1, n)', '2^n*prod(1+x[i], i, 1, n)'],
    ['prod(y[i]^2, i, 1, n)', 'prod(y[i], i, 1, n)^2'],
    ['prod(p^n, i, 1, n)', 'p^(n^2)'],
    ['prod(indicator(y[i] <= z), i, 1, n)', 'indicator(y[i] <= z, i in 1..n)'],
  ],
  'powers and exponentials': [
    ['p^(k-1)', 'p^k/p'],
    ['exp(a+b)', 'exp(a)*exp(b)'],
    ['exp(2*y)', 'exp(y)^2'],
    ['exp(-y)', '1/exp(y)'],
    ['(2-2*p)^k', '2^k*(1-p)^k'],
    ['(1-p)^2', '(p-1)^2'],
    ['(p^a)^b', 'p^(a*b)'],
    ['(y^k)^2', 'y^(2*k)'],
    ['sqrt(8)', '2*sqrt(2)'],
    ['sqrt(p)*sqrt(p)', 'p'],
    ['(1+p)^(1/2)*(1+p)^(1/2)', '1+p'],
    ['(1+p)^(3/2)/(1+p)^(1/2)', '1+p'],
    ['p/(1+p)^(1/2)', '(1+p)^(1/2) - (1+p)^(-1/2)'],
    ['(2+y)^a*(2+y)^(-a)', '1'],
    ['exp(log(y))', 'y'],
    ['exp(k*log(p))', 'p^k'],
    ['sqrt(y^2)', 'abs(y)'],
    ['6^k', '2^k*3^k'],
  ],
  'rational functions': [
    ['k/p - (n-k)/(1-p)', '(k - n*p)/(p*(1-p))'],
    ['1/(1-p) - 1/(1+p)', '2*p/(1-p^2)'],
    ['(1-p^2)/(1-p)', '1+p'],
    ['1/(1+1/p)', 'p/(1+p)'],
    ['1/((y+a)*(y+b)) + 1/((y+a)*(z+b))', '(y+z+2*b)/((y+a)*(y+b)*(z+b))'],
  ],
  logarithms: [
    ['log(4)', '2*log(2)'],
    ['log(2/3)', 'log(2) - log(3)'],
    ['log(exp(y))', 'y'],
    ['log(p^2+p)', 'log(p) + log(1+p)'],
    ['log((1+p)*(2+p))', 'log(1+p) + log(2+p)'],
    ['log(y^2)', '2*log(abs(y))'],
    ['log(sqrt(p))', 'log(p)/2'],
    ['log(1/p)', '-log(p)'],
    ['log(prod(p^x[i]*(1-p)^(1-x[i]), i, 1, n))', 'sum(x[i], i, 1, n)*log(p) + (n - sum(x[i], i, 1, n))*log(1-p)'],
    [
      'log(prod(b^alpha/gamma(alpha)*x[i]^(alpha-1)*exp(-b*x[i]), i, 1, n))',
      'n*alpha*log(b) - n*log(gamma(alpha)) + (alpha-1)*sum(log(x[i]), i, 1, n) - b*sum(x[i], i, 1, n)',
    ],
    ['log(p/(1-p))', 'log(p) - log(1-p)'],
  ],
  functions: [
    ['factorial(y)', 'gamma(y+1)'],
    ['gamma(y+1)', 'y*gamma(y)'],
    ['gamma(y+3)/gamma(y+1)', '(y+2)*(y+1)'],
    ['binomial(n, k)', 'factorial(n)/(factorial(k)*factorial(n-k))'],
    ['beta(a, b)', 'gamma(a)*gamma(b)/gamma(a+b)'],
    ['digamma(y+1)', 'digamma(y) + 1/y'],
    ['trigamma(y+1)', 'trigamma(y) - 1/y^2'],
    ['gamma(1/2)', 'sqrt(pi)'],
    ['gamma(5)', '24'],
    ['log(gamma(a+3))', 'log(gamma(a)) + log(a) + log(a+1) + log(a+2)'],
    ['loggamma(a+1)', 'log(a) + loggamma(a)'],
    ['abs(y)^2', 'y^2'],
    ['abs(-y)', 'abs(y)'],
    ['abs(p)', 'p'],
    ['abs(y*z)', 'abs(y)*abs(z)'],
    ['cos(y-z)', 'cos(z-y)'],
    ['sin(y-z)', '-sin(z-y)'],
    ['sin(y)^2 + cos(y)^2', '1'],
    ['tan(y)', 'sin(y)/cos(y)'],
    ['1/sin(y)^2', '1/(1-cos(y)^2)'],
    ['max(2*y[i]+1, i, 1, n)', '2*max(y[i], i, 1, n) + 1'],
    ['max(-y[i], i, 1, n)', '-min(y[i], i, 1, n)'],
    ['indicator(x[1] <= 3)^2', 'indicator(x[1] <= 3)'],
    ['indicator(2*y <= 6)', 'indicator(y <= 3)'],
    ['floor(y+1)', 'floor(y)+1'],
  ],
}

describe('the normal form decides', () => {
  for (const [name, list] of Object.entries(identities))
    it.each(list)(`${name}: %s = %s`, (a, b) => {
      expect(equivalent(t(a), t(b), oracle)).toBe(true)
      expect(isZeroForm(sub(t(a), t(b)), oracle)).toBe(true)
      for (const u of [t(a), t(b)]) expect(plain(normalForm(normalForm(u, oracle), oracle))).toBe(plain(normalForm(u, oracle)))
      // no sum of two equal terms is equal to one of them
      expect(equivalent(add(t(a), t('y*z + 3')), t(b), oracle)).toBe(false)
    })

  it.each([
    ['sqrt(y^2)', 'y'],
    ['log(y*z)', 'log(y) + log(z)'],
    ['log(y^2)', '2*log(y)'],
    ['(y^2)^k', 'y^(2*k)'],
    ['(y*z)^(1/2)', 'y^(1/2)*z^(1/2)'],
    ['sum(x[i], i, 1, n)^2', 'sum(x[i]^2, i, 1, n)'],
    ['sum(log(p^x[i]), i, 1, n)', 'n*x[1]*log(p)'],
    ['prod(x[i], i, 1, n)', 'x[1]^n'],
    ['sum(sum(y[i,j]*z[i], i, 1, n), j, 1, m)', 'sum(sum(y[i,j]*z[j], i, 1, n), j, 1, m)'],
    ['gamma(y+2)', 'gamma(y)'],
    ['x[1]', 'x[2]'],
    ['sum(x[i]*y[i], i, 1, n)', 'sum(x[i], i, 1, n)*sum(y[i], i, 1, n)'],
    ['(p+1)^k', 'p^k + 1'],
    ['exp(y*z)', 'exp(y)*exp(z)'],
    ['indicator(y <= 3)', 'indicator(y < 3)'],
    ['log(1+p)', 'log(p)'],
  ])('%s is not %s', (a, b) => expect(equivalent(t(a), t(b), oracle)).toBe(false))

  it('assumes nothing positive without an oracle', () => {
    expect(equivalent(t('log(p*q)'), t('log(p) + log(q)'))).toBe(false)
    expect(equivalent(t('(p*q)^(1/2)'), t('p^(1/2)*q^(1/2)'))).toBe(false)
    expect(equivalent(t('log(2*exp(y)*pi)'), t('log(2) + y + log(pi)'))).toBe(true)
    expect(equivalent(t('log(3*p)'), t('log(3) + log(p)'))).toBe(true)
  })

  it('asks the oracle about bodies together with the ranges of their indices', () => {
    const asked: string[] = []
    const sees: Positive = (u, binders) => {
      if (u.free !== 0) asked.push(`${plain(u)} ${binders.map(b => `${plain(b.lo)}..${plain(b.hi)}`).join()}`)
      return u.kind === 'at' && u.name === 'x' && binders.length === 1
    }
    expect(equivalent(t('log(prod(x[i]*y, i, 1, n))'), t('sum(log(x[i]), i, 1, n) + log(y^n)'), sees)).toBe(true)
    expect(asked.some(a => a.endsWith(' 1..n'))).toBe(true)
    expect(asked.every(a => /\.\.n$/.test(a))).toBe(true)
  })

  it('sees through the kinds that stay unevaluated', () => {
    const f = (u: Expr): Expr => normalForm(u, oracle)
    expect(equivalent(call('h', [t('2*y+y')], [1]), call('h', [t('3*y')], [1]))).toBe(true)
    expect(equivalent(call('h', [t('y')], [1]), call('h', [t('y')], [0]))).toBe(false)
    expect(equivalent(deriv(t('(y+1)^2'), sym('y')), deriv(t('y^2+2*y'), sym('y')))).toBe(true)
    expect(isZeroForm(deriv(t('3'), sym('y')))).toBe(true)
    expect(equivalent(expectation(t('2*y+3')), add(num(3), mul(num(2), expectation(t('y')))))).toBe(true)
    expect(equivalent(t('y <= 1 ? z+z : y*y'), t('2*y <= 2 ? 2*z : y^2'))).toBe(true)
    expect(f(t('1 < 2 ? y : z'))).toBe(sym('y'))
    expect(f(t('y > 1 ? z : z'))).toBe(sym('z'))
    // the variable of a limit is not the parameter of that name
    const body = t('sqrt(p^2)')
    expect(equivalent(limit(body, sym('p'), infinity), limit(sym('p'), sym('p'), infinity), oracle)).toBe(false)
  })

  it('knows no arithmetic with infinity', () => {
    expect(isZeroForm(add(infinity, neg(infinity)))).toBe(false)
    expect(equivalent(add(infinity, ONE), infinity)).toBe(false)
  })

  it('gives the same verdicts whatever the symbols are called', () => {
    const names = ['aa', 'zz', 'm1', 'b', 'x9']
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(identities).flat()),
        fc.shuffledSubarray(names, { minLength: 3, maxLength: 3 }),
        ([a, b], fresh) => {
          const renaming = new Map([
            ['y', sym(`y${fresh[0]}`)],
            ['z', sym(`z${fresh[1]}`)],
            ['k', sym(`${fresh[2]}`)],
          ])
          expect(equivalent(substitute(t(a), renaming), substitute(t(b), renaming), oracle)).toBe(true)
        },
      ),
      { seed: 7 },
    )
  })
})

/** The value together with the size of what cancelled in it. */
const valued = (u: Expr, env: Env): { value: number; scale: number } => {
  const parts = summands(u).map(s => evaluate(s, env))
  return { value: evaluate(u, env), scale: Math.max(1, ...parts.map(Math.abs)) }
}
const agree = (u: Expr, f: Expr, env: Env): void => {
  const a = valued(u, env)
  const b = valued(f, env)
  // where a gamma function or a cancelled denominator has no value the form may have none
  if (!Number.isFinite(a.value) || !Number.isFinite(b.scale) || !Number.isFinite(b.value)) return
  const scale = Math.max(a.scale, b.scale)
  if (scale > 1e9) return
  expect(Math.abs(a.value - b.value), `${plain(u)}   →   ${plain(f)}`).toBeLessThan(1e-6 * scale)
}

describe('the normal form of random terms', () => {
  const settings = { seed: 11, numRuns: 300 }
  it('has the same value', () => {
    fc.assert(
      fc.property(terms(3), environments, (u, env) => agree(u, normalForm(u, positive), env)),
      settings,
    )
  })
  it('is idempotent', () => {
    fc.assert(
      fc.property(terms(3), u => {
        const f = normalForm(u, positive)
        expect(plain(normalForm(f, positive))).toBe(plain(f))
      }),
      settings,
    )
  })
  it('has the same value as a fraction, and in lowest terms', () => {
    fc.assert(
      fc.property(terms(3), environments, (u, env) => {
        const f = numeratorDenominator(u, positive)
        agree(u, div(f.numerator, f.denominator), env)
        agree(u, reduceFraction(u, positive), env)
      }),
      settings,
    )
  })
  it('does not depend on how a term is written', () => {
    const rewritten = (u: Expr): Expr => {
      switch (u.kind) {
        case 'add':
          return addAll(u.terms.map(rewritten))
        case 'mul': {
          const [first, ...rest] = u.factors.map(rewritten)
          return first?.kind === 'add' ? addAll(first.terms.map(s => mul(s, ...rest))) : mul(first as Expr, ...rest)
        }
        case 'pow': {
          const base = rewritten(u.base)
          return add(mul(num(2), pow(base, rewritten(u.exponent))), mul(num(-1), pow(mul(base, ONE), u.exponent)))
        }
        default:
          return add(u, t('(a+b)*(a-b) - a^2 + b*b'))
      }
    }
    fc.assert(
      fc.property(terms(3), u => {
        expect(equivalent(u, rewritten(u), positive), plain(u)).toBe(true)
      }),
      settings,
    )
  })
  it('tells a term from the term with one number changed', () => {
    fc.assert(
      fc.property(terms(3), u => {
        expect(equivalent(u, add(u, num(1, 7)), positive)).toBe(false)
      }),
      settings,
    )
  })
  it('never calls unequal values equal', () => {
    fc.assert(
      fc.property(terms(2), terms(2), fc.array(environments, { minLength: 3, maxLength: 3 }), (a, b, envs) => {
        if (!equivalent(a, b, positive)) return
        for (const env of envs) {
          const x = evaluate(a, env)
          const y = evaluate(b, env)
          if (Number.isFinite(x) && Number.isFinite(y)) expect(Math.abs(x - y)).toBeLessThan(1e-6 * Math.max(1, Math.abs(x)))
        }
      }),
      { seed: 5, numRuns: 1500 },
    )
  })
})

describe('budgets', () => {
  const within = (limit: number, work: () => void): void => {
    const start = performance.now()
    work()
    expect(performance.now() - start).toBeLessThan(limit)
  }
  it('a product of 50 different sums is not multiplied out', () => {
    const parts = Array.from({ length: 50 }, (_, i) => add(ONE, sym(`c${i}`)))
    const product = mul(...parts)
    within(2000, () => {
      expect(equivalent(product, mul(...parts.toReversed()), oracle)).toBe(true)
      expect(equivalent(product, mul(...parts.slice(1)), oracle)).toBe(false)
      expect(isZeroForm(sub(pow(product, num(-1)), mul(...parts.map(p => pow(p, num(-1))))), oracle)).toBe(true)
    })
  })
  it('a sum of 50 different fractions is not put over one denominator', () => {
    const parts = Array.from({ length: 50 }, (_, i) => pow(add(ONE, sym(`c${i}`)), num(-1)))
    within(2000, () => {
      expect(equivalent(addAll(parts), addAll(parts.slice(1)), oracle)).toBe(false)
      numeratorDenominator(addAll(parts), oracle)
      reduceFraction(addAll(parts), oracle)
    })
  })
  it('200 levels', () => {
    let squares: Expr = sym('y')
    let fractions: Expr = sym('y')
    let mixed: Expr = sym('y')
    for (let i = 0; i < 200; i++) {
      squares = add(pow(squares, num(2)), ONE)
      fractions = pow(add(fractions, ONE), num(-1))
      mixed =
        i % 3 === 0
          ? mul(add(mixed, sym('z')), sym('k'))
          : i % 3 === 1 || i > 75
            ? pow(add(mixed, ONE), num(1, 2))
            : sum(sym('n'), j => mul(mixed, at('x', j)))
    }
    within(4000, () => {
      normalForm(squares, oracle)
      normalForm(fractions, oracle)
      normalForm(mixed, oracle)
    })
  })
})

describe('parts', () => {
  it('numerator and denominator', () => {
    const f = numeratorDenominator(t('k/p - (n-k)/(1-p)'), oracle)
    expect(equivalent(f.numerator, t('k - n*p'), oracle)).toBe(true)
    expect(equivalent(f.denominator, t('p*(1-p)'), oracle)).toBe(true)
    const g = numeratorDenominator(t('y/6 + z/(4*v)'), oracle)
    expect([plain(g.numerator), plain(g.denominator)]).toEqual([plain(t('2*v*y + 3*z')), plain(t('12*v'))])
  })

  it('coefficients of a polynomial', () => {
    const c = polynomialIn(t('(y-z)^2/v + 3*y'), sym('y'), oracle)
    expect([...(c ?? [])].map(([d, u]) => [d, plain(u)])).toEqual([
      [0, 'z^2/v'],
      [1, plain(normalForm(t('3 - 2*z/v')))],
      [2, '1/v'],
    ])
    expect(polynomialIn(t('1/(1+y)'), sym('y'))).toBeUndefined()
    expect(polynomialIn(t('log(y)+y'), sym('y'))).toBeUndefined()
    expect(polynomialIn(t('sum(y*x[i], i, 1, n)'), sym('y'))?.size).toBe(1)
    expect(polynomialIn(t('sum(exp(y*x[i]), i, 1, n)'), sym('y'))).toBeUndefined()
    expect(polynomialIn(t('(1-y^2)/(1-y)'), sym('y'))?.get(1)).toBe(ONE)
    expect(polynomialIn(t('log(v)^2 + y*log(v)'), t('log(v)'))?.get(1)).toEqual(sym('y'))
    expect(polynomialIn(ZERO, sym('y'))?.size).toBe(0)
  })

  it('a log-likelihood as coefficient times statistic', () => {
    const data = (u: Expr): boolean => some(u, v => arraysOf(v).size > 0)
    const split = (text: string) => decompose(t(text), u => !data(u), oracle).map(d => [plain(d.coefficient), plain(d.statistic)])
    expect(split('sum(log(p^x[i]*(1-p)^(1-x[i])), i, 1, n)')).toEqual([
      [plain(normalForm(t('log(p) - log(1-p)'))), 'sum(x[i], i, 1, n)'],
      ['n*log(1 - p)', '1'],
    ])
    const normal = decompose(t('-n/2*log(2*pi*v) - sum((x[i]-m)^2, i, 1, n)/(2*v)'), u => !data(u), oracle)
    expect(normal.map(d => plain(d.statistic)).sort()).toEqual(['1', 'sum(x[i], i, 1, n)', 'sum(x[i]^2, i, 1, n)'])
    const total = addAll(normal.map(d => mul(d.coefficient, d.statistic)))
    expect(equivalent(total, t('-n/2*log(2*pi*v) - sum((x[i]-m)^2, i, 1, n)/(2*v)'), oracle)).toBe(true)
    for (const d of normal) expect(mentions(d.statistic, 'v')).toBe(false)
  })

  it('fractions in lowest terms', () => {
    const reduced = (text: string): string => plain(reduceFraction(t(text), oracle))
    expect(reduced('(y^2-z^2)/(y^2+2*y*z+z^2)')).toBe(plain(t('(y-z)/(y+z)')))
    expect(reduced('(y^3-1)/((y-1)*(y+2))')).toBe(plain(t('(1+y+y^2)/(y+2)')))
    expect(reduced('(a*y+a*z)/(b*y+b*z)')).toBe(plain(t('a/b')))
    expect(reduced('sum(x[i], i, 1, n)/(2*n+2*n)')).toBe(plain(t('sum(x[i], i, 1, n)/(4*n)')))
    expect(reduced('1/(1+p)-1/(1+p)')).toBe('0')
    expect(reduced('(y*z+y+z+1)/(y+1)^2')).toBe(plain(t('(1+z)/(1+y)')))
  })
})

describe('sine and cosine in one denominator', () => {
  it.each([
    '(sin(a)+cos(a))^2/(sin(a)-cos(a))^2',
    'sin(a)^3/(sin(a)+cos(a))',
    'sin(a)^2/(cos(a)+sin(a)*b)^2',
    'sin(a)^4/(sin(a)+cos(a)+1)^4',
  ])('%s has a form of the same value', text => {
    const at = (term: Expr): number =>
      evaluate(term, {
        symbols: new Map([
          ['a', 0.7],
          ['b', 1.3],
        ]),
        arrays: new Map(),
      })
    expect(at(normalForm(t(text)))).toBeCloseTo(at(t(text)), 10)
    expect(at(reduceFraction(t(text)))).toBeCloseTo(at(t(text)), 10)
  })
})
