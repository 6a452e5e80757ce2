import { Activity } from 'lucide-react'
import { expect, test } from 'vitest'
import type { Feature } from '@/shared/feature'
import * as all from './features'
import { navigationFor, pages } from './pages'

const folders = Object.keys(import.meta.glob('../features/*/index.ts')).map((path) => path.split('/')[2])
const feature = (path: string, navigation?: Feature['navigation']): Feature => ({
  path,
  name: { en: path, uk: path, ru: path },
  icon: Activity,
  texts: { en: { texts: {} }, uk: { texts: {} }, ru: { texts: {} } },
  navigation,
  pages: {},
})

test('every folder of features is listed, under its name', () => {
  expect(folders.length).toBeGreaterThan(1)
  expect(Object.values(all).map(({ path }) => path)).toEqual(folders)
  expect(new Set(pages.map(({ path }) => path)).size).toBe(pages.length)
})

test('places in the navigation are told apart', () => {
  const ranks = navigationFor('admin').map(({ navigation }) => navigation?.rank)

  expect(new Set(ranks).size).toBe(ranks.length)
})

test('the navigation shows a role what is for it, in order', () => {
  const features = [feature('b', { rank: 2 }), feature('nowhere'), feature('c', { rank: 3, roles: ['admin'] }), feature('a', { rank: 1 })]

  expect(navigationFor('viewer', features).map(({ path }) => path)).toEqual(['a', 'b'])
  expect(navigationFor('admin', features).map(({ path }) => path)).toEqual(['a', 'b', 'c'])
})
