import { Boxes, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';

export interface NoModelsProps {
  readonly isFiltered: boolean;
  readonly addButton: ReactNode;
  readonly onClear: () => void;
}

export default function NoModels({ isFiltered, addButton, onClear }: NoModelsProps) {
  if (isFiltered) {
    return (
      <EmptyState
        icon={<SearchX />}
        title="No model matches these filters."
        action={<Button onClick={onClear}>Clear the filters</Button>}
      />
    );
  }
  return (
    <EmptyState icon={<Boxes />} title="Your organization has no models yet." action={addButton}>
      Add one with your own key, or without any: an OpenAI-compatible server such as Ollama or vLLM needs only its base URL.
    </EmptyState>
  );
}
