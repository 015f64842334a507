import { ChevronDown, FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { TryStep, type TryStepProps } from './try-step.tsx';

/** Trying takes room: it is opened where it is wanted. */
export function TryDisclosure(props: TryStepProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div className="space-y-3 rounded-lg border border-line bg-panel p-3">
      <Button
        variant="ghost"
        size="small"
        className="-m-1 w-full justify-start!"
        icon={<FlaskConical aria-hidden className="size-4 text-primary-text" />}
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        Try on samples
        <ChevronDown aria-hidden className={isOpen ? 'ml-auto size-4 rotate-180' : 'ml-auto size-4'} />
      </Button>
      {isOpen && <TryStep {...props} />}
    </div>
  );
}
