import { useText } from '@/shared/i18n'

/** A JSON value, indented. */
export function Json({ value }: { readonly value: unknown }) {
  const t = useText()
  return (
    <pre
      tabIndex={0}
      role="group"
      aria-label={t('word.json')}
      className="max-h-72 overflow-auto rounded-md bg-raised p-3 font-mono text-xs leading-relaxed"
    >
      {JSON.stringify(value, null, 2)}
    </pre>
  )
}
