import type { ComponentProps } from 'react'
import { cn } from '@/shared/cn'
import { useText } from '@/shared/i18n'
import { Button } from './button'

interface Props {
  /** A list of which more can be fetched (usePages). */
  readonly of: { readonly hasNextPage: boolean; readonly isFetchingNextPage: boolean; readonly fetchNextPage: () => unknown }
  readonly className?: string
  readonly size?: ComponentProps<typeof Button>['size']
}

/** The button below a list that is not whole yet. */
export function More({ of, className = 'border-t border-line p-3', size = 'small' }: Props) {
  const t = useText()
  return of.hasNextPage ? (
    <div className={cn('text-center', className)}>
      <Button size={size} disabled={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
        {t('action.more')}
      </Button>
    </div>
  ) : null
}
