// The features of the page, one line each.
export { ads } from '@/features/ads'
export { data } from '@/features/data'
export { marketplace } from '@/features/marketplace'
export { models } from '@/features/models'
export { retail } from '@/features/retail'
export { runs } from '@/features/runs'
export { settings } from '@/features/settings'
export { trading } from '@/features/trading'
