import { cva, type VariantProps } from 'class-variance-authority'
import type { ReactNode } from 'react'

const look = cva('inline-flex items-center gap-1.5 rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap', {
  variants: {
    tone: {
      plain: 'bg-raised text-muted',
      accent: 'bg-accent-soft text-accent',
      good: 'bg-good-soft text-good',
      warn: 'bg-warn-soft text-warn',
      bad: 'bg-bad-soft text-bad',
    },
  },
  defaultVariants: { tone: 'plain' },
})

export type Tone = NonNullable<VariantProps<typeof look>['tone']>

export function Badge({ tone, children, pulse }: { readonly tone?: Tone; readonly children: ReactNode; readonly pulse?: boolean }) {
  return (
    <span className={look({ tone })}>
      <span aria-hidden className={`size-1.5 rounded-full bg-current ${pulse ? 'animate-pulse' : ''}`} />
      {children}
    </span>
  )
}
