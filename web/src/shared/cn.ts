import { clsx, type ClassValue } from 'clsx'
import { twMerge } from 'tailwind-merge'

/** Class names, of which later ones win over earlier ones of the same kind. */
export const cn = (...values: ClassValue[]) => twMerge(clsx(values))
