/** How each candidate is drawn, in its place: told apart by shape as well, never by colour alone. */
export const candidateMarks = [
  { fill: 'fill-primary', stroke: 'stroke-primary', text: 'text-primary-text', shape: 'circle' },
  { fill: 'fill-ok', stroke: 'stroke-ok', text: 'text-ok', shape: 'square' },
  { fill: 'fill-warn', stroke: 'stroke-warn', text: 'text-warn', shape: 'diamond' },
  { fill: 'fill-bad', stroke: 'stroke-bad', text: 'text-bad', shape: 'triangle' },
] as const;

export type CandidateMarkStyle = (typeof candidateMarks)[number];

export function markOf(candidate: number): CandidateMarkStyle {
  return candidateMarks[(candidate - 1) % candidateMarks.length] ?? candidateMarks[0];
}
