import type { Evaluation } from '@pipelines/contracts';
import { Table, TableHead, Td, Th, Tr } from '../../../../ui/table.tsx';
import { formatRate } from '../format-rate.ts';
import { CandidateMark } from './candidate-mark.tsx';

/** What each check says of each candidate. */
export function CheckTable({ evaluation }: { readonly evaluation: Evaluation }) {
  return (
    <Table label="Checks">
      <TableHead card>
        <Th lead>Check</Th>
        {evaluation.candidates.map(({ candidate, label }) => (
          <Th key={candidate}>
            <span className="flex items-center gap-1.5">
              <CandidateMark candidate={candidate} />
              {label}
            </span>
          </Th>
        ))}
      </TableHead>
      <tbody>
        {evaluation.checks.map((check, index) => (
          <Tr card key={check.name}>
            <Td place="lead" className="break-words text-[13px]">
              <span className="font-medium">{check.name}</span>
              {check.kind === 'judge' && <span className="block text-muted text-xs">judged by {check.model}</span>}
            </Td>
            {evaluation.candidates.map(({ candidate, label, checks }) => (
              <Td key={candidate} place="line" label={label} className="text-[13px] tabular-nums">
                <CheckCell counts={checks[index]} scale={check.kind === 'judge' ? check.scale : null} />
              </Td>
            ))}
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

type Counts = Evaluation['candidates'][number]['checks'][number];

function CheckCell({ counts, scale }: { readonly counts: Counts | undefined; readonly scale: number | null }) {
  if (counts === undefined || counts.passed + counts.failed + counts.unknown === 0) return <span className="text-muted">—</span>;
  const { passed, failed, unknown, mean_score } = counts;
  return (
    <>
      {passed + failed === 0 ? 'unknown' : `${formatRate(passed / (passed + failed))}`}
      <span className="block whitespace-nowrap text-muted text-xs">
        {passed.toLocaleString('en')} of {(passed + failed).toLocaleString('en')}
        {unknown > 0 && `, ${unknown.toLocaleString('en')} unknown`}
        {mean_score !== null && scale !== null && `, ${mean_score} of ${scale} points`}
      </span>
    </>
  );
}
