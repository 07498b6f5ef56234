import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluate, holds } from '../src/term/evaluate.ts'
import { canonicalName, type FunctionInfo, functions } from '../src/term/functions.ts'
import { differentiate } from '../src/term/numeric-derivative.ts'
import { type Expr, fn, num, sym } from '../src/term/term.ts'
import { symbolsOf } from '../src/term/walk.ts'

const table = [...functions.values()]
const env = (...values: readonly number[]) => ({
  symbols: new Map(values.map((v, i): [string, number] => [`u${i}`, v])),
  arrays: new Map(),
})
const args = (f: FunctionInfo): readonly Expr[] => Array.from({ length: f.arity }, (_, i) => sym(`u${i}`))
const value = (name: string, ...x: number[]): number => (functions.get(name) as FunctionInfo).value(...x)
const logValue = (name: string, ...x: number[]): number => (functions.get(name) as FunctionInfo).logValue?.(...x) ?? Number.NaN

/** Points of the domain, the first argument an integer where only integers are allowed. */
const real = fc.double({ min: -6, max: 9, noNaN: true }).filter(x => Math.abs(x - Math.round(x)) > 0.02)
const points = (f: FunctionInfo): fc.Arbitrary<readonly number[]> =>
  fc
    .tuple(...Array.from({ length: f.arity }, (_, i) => (i === 0 && f.name === 'polygamma' ? fc.integer({ min: 0, max: 5 }) : real)))
    .filter(x => holds(f.domain(args(f)), env(...x)) && (!f.differentiable || holds(f.differentiable(args(f)), env(...x))))

const near = (actual: number, wanted: number, tolerance = 1e-13): void => {
  expect(Math.abs(actual - wanted), `${actual} against ${wanted}`).toBeLessThanOrEqual(tolerance * Math.max(Math.abs(wanted), 1e-300))
}

describe('the table', () => {
  test('spellings are injective in every notation', () => {
    for (const of of [(f: FunctionInfo) => [f.latex], (f: FunctionInfo) => [f.unicode], (f: FunctionInfo) => [f.name, ...f.aliases]]) {
      const all = table.flatMap(of)
      expect(new Set(all).size).toBe(all.length)
    }
  })
  test('aliases lead to canonical names', () => {
    expect(['ln', 'choose', 'combinations', 'psi', 'Gamma', 'log', 'nosuch'].map(canonicalName)).toEqual([
      'log',
      'binomial',
      'binomial',
      'digamma',
      'gamma',
      'log',
      undefined,
    ])
    for (const f of table) expect(functions.get(canonicalName(f.name) as string)).toBe(f)
  })
  test('derivatives, domains and signs use only their arguments and functions of the table', () => {
    for (const f of table) {
      const derivative = f.derivative(args(f))
      expect(derivative.length).toBe(f.arity)
      for (const d of derivative) if (d) for (const s of symbolsOf(d)) expect(s).toMatch(/^u[01]$/)
    }
  })
})

describe.each(table.filter(f => f.arity > 0).map(f => [f.name, f] as const))('%s', (name, f) => {
  const call = fn(name, ...args(f))
  test('is finite on its domain and evaluates as its value', () => {
    fc.assert(
      fc.property(points(f), x => {
        const v = f.value(...x)
        expect(Number.isFinite(v)).toBe(true)
        expect(evaluate(call, env(...x))).toBe(v)
      }),
    )
  })
  test('derivative agrees with numeric differentiation', () => {
    const derivatives = f.derivative(args(f))
    fc.assert(
      fc.property(points(f), x => {
        derivatives.forEach((d, k) => {
          if (!d) return
          const numeric = differentiate(u => f.value(...x.map((v, i) => (i === k ? u : v))), x[k] as number, 1)
          if (Number.isNaN(numeric)) return // no trustworthy numeric value: too close to an end of the domain
          const exact = evaluate(d, env(...x))
          expect(Math.abs(exact - numeric), `∂${k} at ${x}: ${exact}, numerically ${numeric}`).toBeLessThanOrEqual(
            1e-6 * Math.max(Math.abs(exact), Math.abs(f.value(...x)), 1e-3),
          )
        })
      }),
      { numRuns: 60 },
    )
  })
  test('numeric differentiation does answer at an easy point', () => {
    const easy =
      name === 'polygamma'
        ? [2, 1.3]
        : name.startsWith('zeta')
          ? [2.3]
          : name === 'binomial'
            ? [7.3, 2.4]
            : name === 'erfinv' || name === 'asin' || name === 'acos' || name === 'atanh'
              ? [0.3]
              : [1.3, 2.4].slice(0, f.arity)
    f.derivative(args(f)).forEach((d, k) => {
      if (!d) return
      const numeric = differentiate(u => f.value(...easy.map((v, i) => (i === k ? u : v))), easy[k] as number, 1)
      near(evaluate(d, env(...easy)), numeric, 1e-7)
    })
  })
  test('sign', () => {
    const sign = f.sign(args(f))
    if (!sign) return
    fc.assert(
      fc.property(points(f), x => {
        const v = f.value(...x)
        const s = f.sign(x.map((c, i) => (Number.isInteger(c) ? num(c) : (args(f)[i] as Expr)))) // numerals may know more
        if (!s) return
        if ('as' in s) expect(Math.sign(v)).toBe(Math.sign(evaluate(s.as, env(...x))))
        else if (s.always === 'pos') expect(v).toBeGreaterThan(0)
        else expect(v).toBeGreaterThanOrEqual(0)
      }),
    )
  })
  test('monotone column', () => {
    if (!f.monotone) return
    fc.assert(
      fc.property(points(f), points(f), ([a = 0], [b = 0]) => {
        if (!(a > 0 && b > 0) || Math.abs(a - b) < 1e-3 || Math.min(a, b) > 3.5) return // beyond, erf is 1 in doubles
        const rising = Math.sign(f.value(b) - f.value(a)) === Math.sign(b - a)
        expect(rising).toBe(f.monotone === 'increasing')
      }),
    )
  })
  test('limits are approached', () => {
    for (const l of f.limits ?? []) {
      const to = evaluate(l.to, env())
      const wanted = evaluate(l.value, env())
      const gap = (k: number): number => {
        const x = Number.isFinite(to) ? to + (l.side === '-' ? -1 : 1) * 10 ** -(2 * k) : to > 0 ? 10 ** (2 * k) : -(10 ** (2 * k))
        return Number.isFinite(wanted) ? Math.abs(f.value(x) - wanted) : -f.value(x) * Math.sign(wanted)
      }
      const [near0, far] = [gap(1), gap(6)]
      expect(far <= near0, `${near0} → ${far}`).toBe(true)
      if (Number.isFinite(wanted)) expect(far).toBeLessThan(1e-5)
    }
  })
  test('logValue is the logarithm of |value|', () => {
    const { logValue } = f
    if (!logValue) return
    fc.assert(
      fc.property(points(f), x => {
        const v = Math.log(Math.abs(f.value(...x)))
        expect(Math.abs(logValue(...x) - v)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(v)))
      }),
    )
  })
  test('is NaN for NaN', () => {
    expect(f.value(...args(f).map(() => Number.NaN))).toBeNaN()
  })
})

describe('known values', () => {
  const euler = 0.5772156649015329
  test.each<[string, number[], number]>([
    ['eulergamma', [], euler],
    ['pi', [], Math.PI],
    ['gamma', [1 / 3], 2.6789385347077475],
    ['gamma', [0.5], Math.sqrt(Math.PI)],
    ['gamma', [6], 120],
    ['loggamma', [100], 359.1342053695754],
    ['loggamma', [1e5], 1051287.7089736569],
    ['digamma', [1], -euler],
    ['digamma', [0.5], -euler - 2 * Math.LN2],
    ['digamma', [10], 2.251752589066721],
    ['trigamma', [1], Math.PI ** 2 / 6],
    ['trigamma', [0.5], Math.PI ** 2 / 2],
    ['polygamma', [2, 1], -2.4041138063191885],
    ['polygamma', [3, 1], Math.PI ** 4 / 15],
    ['polygamma', [0, 1], -euler],
    ['zeta', [2], Math.PI ** 2 / 6],
    ['zeta', [3], 1.2020569031595942],
    ['erf', [1], 0.8427007929497149],
    ['erfc', [2], 0.004677734981047266],
    ['erfinv', [0.5], 0.4769362762044699],
    ['Phi', [0], 0.5],
    ['Phi', [1.96], 0.9750021048517795],
    ['beta', [2, 3], 1 / 12],
    ['beta', [0.5, 0.5], Math.PI],
    ['besseli', [0, 1], 1.2660658777520084],
    ['besseli', [1, 1], 0.565159103992485],
    ['besseli', [2, 1], 0.13574766976703828],
    ['besseli', [0, 10], 2815.7166284662544],
    ['besseli', [1, 10], 2670.9883037012546],
    ['besseli', [1, -1], -0.565159103992485],
    ['besseli', [0, 0], 1],
    ['besseli', [3, 0], 0],
    ['lambertw', [1], 0.5671432904097838],
    ['lambertw', [Math.E], 1],
    ['lambertw', [0], 0],
    ['binomial', [5, 2], 10],
    ['binomial', [5.5, 2], 12.375],
    ['binomial', [3, 5], 0],
    ['binomial', [4, -1], 0],
    ['binomial', [0, 0], 1],
    ['binomial', [-3, 2], 6],
    ['factorial', [0], 1],
    ['factorial', [20], 2432902008176640000],
    ['factorial', [0.5], Math.sqrt(Math.PI) / 2],
  ])('%s(%s) = %s', (name, x, wanted) => near(value(name, ...x), wanted, 2e-14))

  test('polygamma: recurrence, ζ at the integers, duplication', () => {
    const psi = (m: number, x: number): number => value('polygamma', m, x)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), fc.double({ min: 0.05, max: 60, noNaN: true }), (m, x) => {
        const step = ((m % 2 === 0 ? 1 : -1) * value('factorial', m)) / x ** (m + 1)
        expect(Math.abs(psi(m, x + 1) - psi(m, x) - step)).toBeLessThanOrEqual(2e-13 * (Math.abs(step) + Math.abs(psi(m, x))))
      }),
    )
    for (let m = 2; m < 30; m++) near(psi(m, 1), (m % 2 === 0 ? -1 : 1) * value('factorial', m) * value('zeta', m + 1), 1e-14)
    for (let m = 2; m < 30; m++) near(psi(m, 0.5), (2 ** (m + 1) - 1) * psi(m, 1), 1e-14)
  })
  test('integer binomials and factorials are the nearest doubles', () => {
    const exact = (n: number, k: number): number => {
      let r = 1n
      for (let i = 1; i <= k; i++) r = (r * BigInt(n - k + i)) / BigInt(i)
      return Number(r)
    }
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1100 }),
        fc.integer({ min: 0, max: 1100 }),
        (n, k) => k > n || value('binomial', n, k) === exact(n, k),
      ),
    )
    let f = 1n
    for (let n = 1; n <= 170; n++) {
      f *= BigInt(n)
      expect(value('factorial', n)).toBe(Number(f))
    }
    expect(value('factorial', 171)).toBe(Number.POSITIVE_INFINITY)
  })
  test('logarithms where the value over- or underflows', () => {
    near(logValue('factorial', 1000), 5912.128178488163, 1e-14)
    near(logValue('gamma', 1001), 5912.128178488163, 1e-14)
    near(logValue('erfc', 30), Math.log(2.564656203756112) - 393 * Math.LN10, 1e-14)
    near(logValue('Phi', -40), -804.608442013754, 1e-14)
    near(logValue('beta', 1000, 1000), 2 * logValue('gamma', 1000) - logValue('gamma', 2000), 1e-12)
    near(logValue('binomial', 3000, 1500), logValue('factorial', 3000) - 2 * logValue('factorial', 1500), 1e-12)
    near(logValue('besseli', 0, 1000), 1000 - Math.log(2000 * Math.PI) / 2 + Math.log1p(1 / 8000 + 9 / 128e6 + 225 / (3072 * 1e9)), 1e-15)
    expect(value('besseli', 0, 1000)).toBe(Number.POSITIVE_INFINITY)
  })
  test('outside of the domain there is no value', () => {
    for (const [name, ...x] of [
      ['log', -1],
      ['gamma', 0],
      ['gamma', -0.5],
      ['digamma', 0],
      ['lambertw', -0.37],
      ['zeta', 1],
      ['zeta', 0.5],
      ['erfinv', 1.1],
      ['beta', 0, 1],
      ['factorial', -1],
      ['besseli', 0.5, -1],
      ['besseli', -0.5, 1],
      ['polygamma', 1.5, 2],
      ['polygamma', -1, 2],
    ] as [string, ...number[]][])
      expect(value(name, ...x), name).toBeNaN()
  })
})

describe('Lambert W', () => {
  test('W(x) e^W(x) = x, W(x) ≥ −1', () => {
    fc.assert(
      fc.property(fc.double({ min: -1 / Math.E, max: 1e6, noNaN: true }), x => {
        const w = value('lambertw', x)
        expect(w).toBeGreaterThanOrEqual(-1)
        expect(Math.abs(w * Math.exp(w) - x)).toBeLessThanOrEqual(1e-14 * Math.max(Math.abs(x), 1e-300) * Math.max(1, w))
      }),
      { numRuns: 500 },
    )
  })
  test('W(w e^w) = w away from the branch point, by its conditioning near it', () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 300, noNaN: true }), w => {
        const back = value('lambertw', w * Math.exp(w))
        expect(Math.abs(back - w)).toBeLessThanOrEqual(w < -0.99 ? 1e-7 : (1e-13 * Math.max(Math.abs(w), 1e-300)) / Math.min(1, 1 + w))
      }),
      { numRuns: 500 },
    )
  })
  test('at the branch point', () => expect(value('lambertw', -Math.exp(-1))).toBe(-1))
})

describe('modified Bessel I', () => {
  const order = fc.double({ min: 1, max: 40, noNaN: true })
  const argument = fc.double({ min: 0.01, max: 300, noNaN: true })
  const I = (nu: number, x: number): number => value('besseli', nu, x)
  test('I_{ν−1} − I_{ν+1} = (2ν/x) I_ν', () => {
    fc.assert(
      fc.property(order, argument, (nu, x) => {
        const [below, above] = [I(nu - 1, x), I(nu + 1, x)]
        expect(Math.abs(below - above - (2 * nu * I(nu, x)) / x)).toBeLessThanOrEqual(1e-13 * (below + above))
      }),
      { numRuns: 500 },
    )
  })
  test('half-integer orders are elementary', () => {
    fc.assert(
      fc.property(argument, x => {
        const c = Math.sqrt(2 / (Math.PI * x))
        near(I(0.5, x), c * Math.sinh(x), 1e-13)
        near(I(1.5, x), x > 1 ? c * (Math.cosh(x) - Math.sinh(x) / x) : I(1.5, x), 1e-13)
      }),
    )
  })
  test('e^x = I_0 + 2 Σ I_k', () => {
    for (const x of [0.3, 2, 17, 29.9, 30.1, 90]) {
      let s = I(0, x)
      for (let k = 1; k < 200; k++) s += 2 * I(k, x)
      near(s, Math.exp(x), 1e-13)
    }
  })
  test('series and expansion meet where one takes over', () => {
    for (const nu of [0, 1, 2, 5.5]) {
      const x = Math.max(30, nu * nu)
      const slope = (I(nu, x) - I(nu, x - 1e-3)) / (I(nu, x + 1e-3) - I(nu, x))
      expect(Math.abs(slope - 1)).toBeLessThan(2e-3)
      near(I(nu, x * (1 - 1e-15)), I(nu, x), 1e-13 * 2)
    }
  })
})
