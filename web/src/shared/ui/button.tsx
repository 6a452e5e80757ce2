import { cva, type VariantProps } from 'class-variance-authority'
import { Slot } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from '@/shared/cn'

const look = cva(
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors ' +
    'disabled:cursor-not-allowed disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-accent text-accent-ink hover:bg-accent/90',
        outline: 'border border-line bg-surface text-ink hover:bg-raised',
        ghost: 'text-muted hover:bg-raised hover:text-ink',
        danger: 'border border-line bg-surface text-bad hover:bg-bad-soft',
      },
      size: { normal: 'h-8 px-3 text-[13px]', small: 'h-7 px-2 text-xs', icon: 'size-8' },
    },
    defaultVariants: { variant: 'outline', size: 'normal' },
  },
)

type Props = ComponentProps<'button'> & VariantProps<typeof look> & { asChild?: boolean }

export function Button({ className, variant, size, asChild, type, ...rest }: Props) {
  const Element = asChild ? Slot.Root : 'button'
  return <Element className={cn(look({ variant, size }), className)} {...(asChild ? {} : { type: type ?? 'button' })} {...rest} />
}
