import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './button.tsx';
import { showToast } from './toast.ts';

export interface CopyButtonProps {
  readonly text: string;
  /** What is copied, such as "API key". */
  readonly what: string;
  readonly compact?: boolean;
}

export function CopyButton({ text, what, compact = false }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      showToast({ title: 'The browser did not allow copying.', description: 'Select the text and copy it by hand.', tone: 'bad' });
    }
  }

  const icon = copied ? <Check aria-hidden className="size-4 text-ok" /> : <Copy aria-hidden className="size-4" />;
  return (
    <>
      <Button
        variant={compact ? 'ghost' : 'secondary'}
        size={compact ? 'icon' : 'small'}
        icon={icon}
        onClick={copy}
        {...(compact ? { 'aria-label': `Copy ${what}` } : {})}
      >
        {compact ? null : copied ? 'Copied' : 'Copy'}
      </Button>
      <span role="status" className="sr-only">
        {copied ? `${what} copied` : ''}
      </span>
    </>
  );
}
