import { type TextFiles, useTexts } from '@/shared/i18n'
import type { texts as en } from './en'

export const texts: TextFiles = { en: () => import('./en'), uk: () => import('./uk'), ru: () => import('./ru') }
export const useText = useTexts<typeof en>
