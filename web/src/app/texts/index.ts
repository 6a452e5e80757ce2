import { type TextFiles, useTexts } from '@/shared/i18n'
import * as en from './en'

export const texts: TextFiles = { en, uk: () => import('./uk'), ru: () => import('./ru') }
export const useText = useTexts<typeof en.texts>
