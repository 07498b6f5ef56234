/**
 * Terms as compact JSON: a symbol is a text, an integer a number, everything else an array with its head first
 * (`["+", 1, ["*", "n", "p"]]`). Reading goes through the constructors and checks heads, arities and bound indices.
 */
import { functions } from '../term/functions.ts'
import {
  add,
  all,
  and,
  at,
  type BigOp,
  big,
  bound,
  call,
  cases,
  deriv,
  type Expr,
  expect,
  finite,
  fn,
  infinity,
  interval,
  isIn,
  iverson,
  limit,
  minusInfinity,
  mul,
  not,
  num,
  or,
  type Prop,
  pow,
  type RelOp,
  range,
  rel,
  type SetTerm,
  sym,
  type Term,
} from '../term/term.ts'
import { type Codec, expected, inside, type Json, type Place } from './codec.ts'

const writeNumber = (num: bigint, den: bigint): Json =>
  den === 1n && num >= BigInt(Number.MIN_SAFE_INTEGER) && num <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(num)
    : ['num', num.toString(), den.toString()]

/** The term as JSON. */
export const writeTerm = (t: Term): Json => {
  const w = writeTerm
  switch (t.kind) {
    case 'num':
      return writeNumber(t.value.num, t.value.den)
    case 'sym':
      return t.name
    case 'bound':
      return ['#', t.depth]
    case 'at':
      return ['at', t.name, ...t.index.map(w)]
    case 'add':
      return ['+', ...t.terms.map(w)]
    case 'mul':
      return ['*', ...t.factors.map(w)]
    case 'pow':
      return ['^', w(t.base), w(t.exponent)]
    case 'fn':
      return ['fn', t.name, ...t.args.map(w)]
    case 'big':
      return t.rank ? [t.op, w(t.lo), w(t.hi), w(t.body), w(t.rank)] : [t.op, w(t.lo), w(t.hi), w(t.body)]
    case 'deriv':
      return ['D', w(t.body), w(t.wrt), t.order]
    case 'iverson':
      return ['1', w(t.cond)]
    case 'cases':
      return ['cases', t.branches.map(b => [w(b.when), w(b.value)]), t.otherwise ? w(t.otherwise) : null]
    case 'call':
      return ['call', t.name, t.args.map(w), t.prime]
    case 'expect':
      return ['E', w(t.body)]
    case 'limit':
      return ['lim', t.variable.name, w(t.to), w(t.body), t.side ?? null]
    case 'infinity':
      return ['inf', t.negative ? -1 : 1]
    case 'rel':
      return [t.op, w(t.left), w(t.right)]
    case 'in':
      return ['in', w(t.element), w(t.set)]
    case 'and':
    case 'or':
      return [t.kind, ...t.props.map(w)]
    case 'not':
      return ['not', w(t.prop)]
    case 'all':
      return ['all', w(t.lo), w(t.hi), w(t.body)]
    case 'finite':
      return ['set', ...t.elements.map(w)]
    case 'range':
      return ['range', w(t.lo), w(t.hi)]
    case 'interval':
      return ['interval', w(t.lo), w(t.hi), t.closed[0], t.closed[1]]
    default:
      return t satisfies never
  }
}

/** How many binders stand above the place: bound indices must stay below. */
interface Inside extends Place {
  readonly binders: number
}
type Reader = (parts: readonly unknown[], place: Inside, json: unknown) => Term

const part = (place: Inside, k: number): Inside => ({ ...inside(place, k), binders: place.binders })
const under = (place: Inside, k: number): Inside => ({ ...part(place, k), binders: place.binders + 1 })

const count = (parts: readonly unknown[], least: number, most: number, place: Place, json: unknown): void => {
  if (parts.length < least || parts.length > most)
    expected(place, least === most ? `${least} operands after the head` : `${least} to ${most} operands after the head`, json)
}
/** No control characters: placeholders of binders under construction are told by them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const nameShape = /^[^\u0000-\u001f\u007f]+$/
const name = (json: unknown, place: Place): string =>
  typeof json === 'string' && nameShape.test(json) ? json : expected(place, 'a name', json)
const whole = (json: unknown, least: number, place: Place): number =>
  Number.isSafeInteger(json) && (json as number) >= least ? (json as number) : expected(place, `an integer from ${least}`, json)

const exprKinds = new Set([
  'num',
  'sym',
  'bound',
  'at',
  'add',
  'mul',
  'pow',
  'fn',
  'big',
  'deriv',
  'iverson',
  'cases',
  'call',
  'expect',
  'limit',
  'infinity',
])
const propKinds = new Set(['rel', 'in', 'and', 'or', 'not', 'all'])
const expr = (json: unknown, place: Inside): Expr => {
  const t = read(json, place)
  return exprKinds.has(t.kind) ? (t as Expr) : expected(place, 'an expression', json)
}
const prop = (json: unknown, place: Inside): Prop => {
  const t = read(json, place)
  return propKinds.has(t.kind) ? (t as Prop) : expected(place, 'a relation or condition', json)
}
const set = (json: unknown, place: Inside): SetTerm => {
  const t = read(json, place)
  return exprKinds.has(t.kind) || propKinds.has(t.kind) ? expected(place, 'a set', json) : (t as SetTerm)
}
const exprs = (parts: readonly unknown[], place: Inside, from = 1): readonly Expr[] => parts.map((p, i) => expr(p, part(place, i + from)))

const bigReader =
  (op: BigOp): Reader =>
  (parts, place, json) => {
    count(parts, op === 'order' ? 4 : 3, op === 'order' ? 4 : 3, place, json)
    const [lo, hi, body, rank] = parts
    const rest = op === 'order' ? [expr(rank, part(place, 4))] : []
    return big(op, expr(lo, part(place, 1)), expr(hi, part(place, 2)), expr(body, under(place, 3)), ...rest)
  }
const relReader =
  (op: RelOp): Reader =>
  (parts, place, json) => {
    count(parts, 2, 2, place, json)
    return rel(op, expr(parts[0], part(place, 1)), expr(parts[1], part(place, 2)))
  }
const flagAt = (json: unknown, place: Place): boolean => (typeof json === 'boolean' ? json : expected(place, 'true or false', json))

const readNumber: Reader = (parts, place, json) => {
  count(parts, 2, 2, place, json)
  const [p, q] = parts
  const digits = /^-?\d{1,4000}$/
  if (typeof p !== 'string' || typeof q !== 'string' || !digits.test(p) || !digits.test(q) || BigInt(q) === 0n)
    return expected(place, 'numerator and denominator as texts of digits, the latter not 0', json)
  return num(BigInt(p), BigInt(q))
}

const readCases: Reader = (parts, place, json) => {
  count(parts, 2, 2, place, json)
  const [branches, otherwise] = parts
  if (!Array.isArray(branches)) return expected(part(place, 1), 'an array of branches', branches)
  const read = branches.map((b: unknown, i) => {
    const here = part(part(place, 1), i)
    if (!Array.isArray(b) || b.length !== 2) return expected(here, 'a pair of condition and value', b)
    return { when: prop(b[0], part(here, 0)), value: expr(b[1], part(here, 1)) }
  })
  return otherwise === null ? cases(read) : cases(read, expr(otherwise, part(place, 2)))
}

const readers: Readonly<Record<string, Reader>> = {
  num: readNumber,
  '#': (parts, place, json) => {
    count(parts, 1, 1, place, json)
    const depth = whole(parts[0], 0, part(place, 1))
    if (depth >= place.binders || depth > 30)
      return expected(part(place, 1), 'an index of an enclosing Σ, Π, max, min or "for every"', depth)
    return bound(depth)
  },
  at: (parts, place, json) => {
    count(parts, 2, 9, place, json)
    return at(name(parts[0], part(place, 1)), ...exprs(parts.slice(1), place, 2))
  },
  '+': (parts, place) => add(...exprs(parts, place)),
  '*': (parts, place) => mul(...exprs(parts, place)),
  '^': (parts, place, json) => {
    count(parts, 2, 2, place, json)
    return pow(expr(parts[0], part(place, 1)), expr(parts[1], part(place, 2)))
  },
  fn: (parts, place, json) => {
    count(parts, 1, 9, place, json)
    const head = name(parts[0], part(place, 1))
    const info = functions.get(head)
    if (!info) return expected(part(place, 1), 'the name of a function', head)
    if (parts.length - 1 !== info.arity) return expected(place, `${info.arity} argument${info.arity === 1 ? '' : 's'} of ${head}`, json)
    return fn(head, ...exprs(parts.slice(1), place, 2))
  },
  sum: bigReader('sum'),
  prod: bigReader('prod'),
  max: bigReader('max'),
  min: bigReader('min'),
  order: bigReader('order'),
  D: (parts, place, json) => {
    count(parts, 3, 3, place, json)
    return deriv(expr(parts[0], part(place, 1)), expr(parts[1], part(place, 2)), whole(parts[2], 1, part(place, 3)))
  },
  1: (parts, place, json) => {
    count(parts, 1, 1, place, json)
    return iverson(prop(parts[0], part(place, 1)))
  },
  cases: readCases,
  call: (parts, place, json) => {
    count(parts, 3, 3, place, json)
    const [head, args, prime] = parts
    if (!Array.isArray(args) || !Array.isArray(prime) || args.length !== prime.length)
      return expected(place, 'a name, its arguments and as many numbers of derivatives', json)
    return call(
      name(head, part(place, 1)),
      args.map((a: unknown, i) => expr(a, part(part(place, 2), i))),
      prime.map((k: unknown, i) => whole(k, 0, part(part(place, 3), i))),
    )
  },
  E: (parts, place, json) => {
    count(parts, 1, 1, place, json)
    return expect(expr(parts[0], part(place, 1)))
  },
  lim: (parts, place, json) => {
    count(parts, 4, 4, place, json)
    const [variable, to, body, side] = parts
    const from = side === null ? undefined : side === '+' || side === '-' ? side : expected(part(place, 4), '"+", "-" or null', side)
    return limit(expr(body, part(place, 3)), sym(name(variable, part(place, 1))), expr(to, part(place, 2)), from)
  },
  inf: (parts, place, json) =>
    parts.length === 1 && (parts[0] === 1 || parts[0] === -1)
      ? parts[0] === 1
        ? infinity
        : minusInfinity
      : expected(place, '["inf", 1] or ["inf", -1]', json),
  '=': relReader('='),
  '!=': relReader('!='),
  '<': relReader('<'),
  '<=': relReader('<='),
  in: (parts, place, json) => {
    count(parts, 2, 2, place, json)
    return isIn(expr(parts[0], part(place, 1)), set(parts[1], part(place, 2)))
  },
  and: (parts, place) => and(...parts.map((p, i) => prop(p, part(place, i + 1)))),
  or: (parts, place) => or(...parts.map((p, i) => prop(p, part(place, i + 1)))),
  not: (parts, place, json) => {
    count(parts, 1, 1, place, json)
    return not(prop(parts[0], part(place, 1)))
  },
  all: (parts, place, json) => {
    count(parts, 3, 3, place, json)
    return all(expr(parts[0], part(place, 1)), expr(parts[1], part(place, 2)), prop(parts[2], under(place, 3)))
  },
  set: (parts, place) => finite(...exprs(parts, place)),
  range: (parts, place, json) => {
    count(parts, 2, 2, place, json)
    return range(expr(parts[0], part(place, 1)), expr(parts[1], part(place, 2)))
  },
  interval: (parts, place, json) => {
    count(parts, 4, 4, place, json)
    return interval(
      expr(parts[0], part(place, 1)),
      expr(parts[1], part(place, 2)),
      flagAt(parts[2], part(place, 3)),
      flagAt(parts[3], part(place, 4)),
    )
  },
}

const read = (json: unknown, place: Inside): Term => {
  if (typeof json === 'string') return sym(name(json, place))
  if (typeof json === 'number') return Number.isSafeInteger(json) ? num(json) : expected(place, 'an exact number', json)
  if (!Array.isArray(json) || typeof json[0] !== 'string')
    return expected(place, 'a formula (a name, an integer, or an array with its head first)', json)
  const reader = Object.hasOwn(readers, json[0]) ? readers[json[0]] : undefined
  return reader ? reader(json.slice(1), place, json) : expected(inside(place, 0), 'the head of a formula', json[0])
}

const top =
  <T>(reader: (json: unknown, place: Inside) => T, binders = 0) =>
  (json: unknown, place: Place): T =>
    reader(json, { ...place, binders })
export const termCodec: Codec<Term> = { write: writeTerm, read: top(read) }
export const exprCodec: Codec<Expr> = { write: writeTerm, read: top(expr) }
export const propCodec: Codec<Prop> = { write: writeTerm, read: top(prop) }
export const setCodec: Codec<SetTerm> = { write: writeTerm, read: top(set) }

/** What was said inside a binder (a fact about x_i, an argument of a step): its indices point out of the term. */
const anywhere = 31
export const innerTermCodec: Codec<Term> = { write: writeTerm, read: top(read, anywhere) }
export const innerPropCodec: Codec<Prop> = { write: writeTerm, read: top(prop, anywhere) }
