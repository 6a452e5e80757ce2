import { expect, test } from 'vitest'
import { cumulated, planeOf } from './depth'

test('each level counts what is offered at better prices too', () => {
  expect(
    cumulated([
      { price: '10', amount: '1.5' },
      { price: '9', amount: '2' },
    ]),
  ).toEqual([
    { price: 10, total: 1.5 },
    { price: 9, total: 3.5 },
  ])
})

test('the worst prices lie at the edges and the largest total at the top', () => {
  const plane = planeOf(
    cumulated([
      { price: '10', amount: '1' },
      { price: '8', amount: '1' },
    ]),
    cumulated([
      { price: '11', amount: '1' },
      { price: '12', amount: '3' },
    ]),
    100,
    50,
  )

  expect([plane.x(8), plane.x(10), plane.x(12)]).toEqual([0, 50, 100])
  expect([plane.y(0), plane.y(2), plane.y(4)]).toEqual([50, 25, 0])
})

test('a book of one side, or none, has a plane too', () => {
  expect(planeOf([], [], 100, 50).x(3)).toBe(50)
  expect(planeOf(cumulated([{ price: '10', amount: '1' }]), [], 100, 50).y(1)).toBe(0)
})
