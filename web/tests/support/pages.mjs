// The addresses of the page, for whatever walks over them: a feature's first page is found by its folder.
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const features = readdirSync(fileURLToPath(new URL('../../src/features/', import.meta.url)))

export const pages = ['/', ...features.map((name) => `/${name}`)]

/** Tabs that show much. */
export const tabs = ['/runs?tab=schedules', '/runs?tab=backfills', '/data?tab=sql', '/data?tab=diagrams']

/** What else has an address: forms, and tabs of a few rows. */
export const others = [
  '/runs?start=retail.etl',
  '/trading?tab=returns',
  '/marketplace?tab=market',
  '/marketplace?tab=suspects',
  '/marketplace?tab=accuracy',
  '/ads?tab=restatements',
  '/ads?tab=feeds',
  '/ads?tab=completion',
  '/ads?tab=changes',
  '/ads?tab=erasure',
  '/models?tab=forecast',
  '/models?tab=detect',
  '/settings?tab=alerts',
  '/settings?tab=users',
  '/settings?tab=audit',
]
