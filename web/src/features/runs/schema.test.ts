import { expect, test } from 'vitest'
import { argumentsOf, fieldsOf } from './schema'

const schema = {
  type: 'object',
  required: ['day'],
  properties: {
    mode: { enum: ['full', 'incremental'], default: 'incremental', description: 'How.' },
    days: { type: ['integer', 'null'], minimum: 1 },
    dry: { type: 'boolean' },
    symbols: { type: 'array', items: { type: 'string' } },
    day: { type: 'string', format: 'date' },
  },
}

test('a form is made of the schema, required fields first', () => {
  const fields = fieldsOf(schema, false)

  expect(fields.map((field) => `${field.name}:${field.kind}`)).toEqual([
    'day:date',
    'mode:choice',
    'days:integer',
    'dry:flag',
    'symbols:list',
  ])
  expect(fields[1]).toMatchObject({ choices: ['full', 'incremental'], usual: 'incremental', description: 'How.' })
  expect(fields[2]?.least).toBe(1)
})

test('arguments have the types of the schema, and empty fields are left out', () => {
  const said = argumentsOf(fieldsOf(schema, false), { day: '2026-01-02', mode: '', days: '7', dry: 'true', symbols: 'A, B,' })

  expect(said).toEqual({ day: '2026-01-02', days: 7, dry: true, symbols: ['A', 'B'] })
})

test('what is no number is left for the server to refuse', () => {
  expect(argumentsOf(fieldsOf(schema, false), { days: 'seven', dry: 'false' })).toEqual({ days: 'seven' })
})

test('what the user may not set is not offered, and numbers only as far as he may', () => {
  const reserved = {
    properties: {
      force: { type: 'boolean', 'x-role': 'admin' },
      scale: { type: 'integer', minimum: 1, maximum: 100000, 'x-role': 'operator', 'x-free-up-to': 100 },
      loss: { type: 'number', maximum: 100, 'x-role': 'admin', 'x-free-up-to': 10 },
    },
  }

  expect(fieldsOf(reserved, false).map((field) => `${field.name}:${field.most}`)).toEqual(['scale:100', 'loss:10'])
  expect(fieldsOf(reserved, true).map((field) => `${field.name}:${field.most}`)).toEqual(['force:undefined', 'scale:100', 'loss:100'])
})
