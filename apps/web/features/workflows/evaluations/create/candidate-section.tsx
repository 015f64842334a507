import { Plus } from 'lucide-react';
import { Button } from '../../../../ui/button.tsx';
import { CandidateFields } from './candidate-fields.tsx';
import type { SectionProps } from './subject-section.tsx';

const most = 4;

/** Two to four candidates. */
export function CandidateSection({ draft, errorOf }: SectionProps) {
  const { candidates, workflowId } = draft.draft;
  const missing = candidates.findIndex((_, index) => errorOf(`candidates.${index}.replacements.0.model`) !== null);
  return (
    <section aria-label="Candidates" className="space-y-3">
      <h3 className="font-medium">Candidates</h3>
      {candidates.map((candidate, index) => (
        <CandidateFields
          key={candidate.key}
          number={index + 1}
          workflowId={workflowId ?? ''}
          candidate={candidate}
          versions={draft.versions}
          models={draft.models}
          onChange={(next) => draft.setCandidate(candidate.key, next)}
          onRemove={candidates.length > 2 ? () => draft.setCandidate(candidate.key, null) : null}
        />
      ))}
      {missing >= 0 && (
        <p role="alert" className="text-[13px] text-bad">
          Choose a model for candidate {missing + 1}.
        </p>
      )}
      <Button
        size="small"
        icon={<Plus aria-hidden className="size-4" />}
        unavailable={candidates.length >= most ? 'Four at most.' : null}
        onClick={draft.addCandidate}
      >
        Add candidate
      </Button>
    </section>
  );
}
