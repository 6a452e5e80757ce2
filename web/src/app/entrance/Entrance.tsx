import type { ReactNode } from 'react'

/** The frame of what is shown to who has not signed in. */
export function Entrance({ title, note, children }: { readonly title: string; readonly note?: string; readonly children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center px-4">
      <div className="w-full max-w-sm rounded-xl border border-line bg-surface p-7 shadow-sm">
        <svg aria-hidden viewBox="0 0 32 32" className="mb-4 size-9">
          <rect width="32" height="32" rx="7" className="fill-accent" />
          <path d="M8 9h16v4h-6v11h-4V13H8z" className="fill-accent-ink" />
        </svg>
        <h1 className="text-lg font-semibold tracking-tight">{title}</h1>
        {note && <p className="mt-1 text-[13px] text-muted">{note}</p>}
        <div className="mt-5">{children}</div>
      </div>
    </main>
  )
}
