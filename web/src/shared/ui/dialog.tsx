import { X } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import type { FormEvent, ReactNode } from 'react'
import { cn } from '@/shared/cn'
import { useText } from '@/shared/i18n'
import { Button } from './button'
import { Refusal } from './notice'

interface Props {
  readonly title: string
  readonly note?: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly children: ReactNode
  readonly wide?: boolean
}

export function Dialog({ title, note, isOpen, onClose, children, wide }: Props) {
  const t = useText()
  return (
    <Primitive.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Primitive.Content
          aria-describedby={note ? undefined : ''}
          className={cn(
            'fixed start-1/2 top-[8vh] z-50 flex max-h-[84vh] w-[calc(100vw-2rem)] -translate-x-1/2 flex-col ' +
              'rounded-xl border border-line bg-surface shadow-2xl',
            wide ? 'max-w-4xl' : 'max-w-lg',
          )}
        >
          <header className="flex items-start gap-3 border-b border-line px-5 py-3.5">
            <div className="min-w-0">
              <Primitive.Title className="text-[15px] font-semibold">{title}</Primitive.Title>
              {note && <Primitive.Description className="mt-0.5 text-[13px] text-muted">{note}</Primitive.Description>}
            </div>
            <Primitive.Close asChild>
              <Button variant="ghost" size="icon" aria-label={t('action.close')} className="-me-2 ms-auto">
                <X aria-hidden />
              </Button>
            </Primitive.Close>
          </header>
          <div className="overflow-auto p-5">{children}</div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

/** A form in a dialog: its fields, why the server refused it, and what sends it. */
export function DialogForm({
  submit,
  action: { error, isPending },
  isReady = true,
  onSubmit,
  onClose,
  children,
  className = 'space-y-4',
}: {
  readonly submit: string
  readonly action: { readonly error: Error | null; readonly isPending: boolean }
  readonly isReady?: boolean
  readonly onSubmit: (form: FormData) => void
  readonly onClose: () => void
  readonly children: ReactNode
  readonly className?: string
}) {
  const t = useText()
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    onSubmit(new FormData(event.currentTarget))
  }
  return (
    <form className={className} onSubmit={send}>
      {children}
      <Refusal error={error} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button type="submit" variant="primary" disabled={isPending || !isReady}>
          {submit}
        </Button>
      </div>
    </form>
  )
}
