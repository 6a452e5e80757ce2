import { expect, test } from 'vitest'
import { EventParser } from './eventParser'

test('events that come in pieces are whole', () => {
  const parser = new EventParser()

  expect(parser.push('event: line\nid: 1\nda')).toEqual([])
  expect(parser.push('ta: {"a":1}\n\nevent: line\n')).toEqual([{ id: '1', type: 'line', data: '{"a":1}' }])
  expect(parser.push('data: x\ndata: y\r\n\r\n')).toEqual([{ id: '', type: 'line', data: 'x\ny' }])
})

test('comments and events without data are nothing', () => {
  expect(new EventParser().push(': keep alive\n\nevent: end\n\n')).toEqual([])
})
