import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Spark } from './Spark'

test.each([
  [[1, 3, 2], '1.0,18.0 40.0,2.0 79.0,10.0'],
  [[5, 5], '1.0,10.0 79.0,10.0'],
])('%j is the line %s', (values, points) => {
  const { container, getByRole } = render(<Spark values={values} label="Reviews" />)

  expect(container.querySelector('polyline')?.getAttribute('points')).toBe(points)
  expect(getByRole('img').getAttribute('aria-label')).toBe('Reviews')
})

test('one value is no line', () => {
  expect(render(<Spark values={[1]} label="Reviews" />).container.innerHTML).toBe('')
})
