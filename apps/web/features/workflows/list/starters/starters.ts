import type { Graph } from '@pipelines/contracts';
import { compareGraph } from './compare-answers.ts';
import { imageGraph } from './describe-image.ts';
import { emptyGraph } from './empty-graph.ts';
import { extractGraph } from './extract-document.ts';
import { lookUpGraph } from './look-up-record.ts';
import { ticketGraph } from './sort-tickets.ts';
import { translateGraph } from './translate-text.ts';

export interface Starter {
  readonly value: string;
  readonly title: string;
  /** Its way, in a few words. */
  readonly description: string;
  /** With the model chosen in its LLM steps. */
  readonly make: (model: string | null) => Graph;
}

/** Graphs to start from, the plainest first. */
export const starters = [
  { value: 'empty', title: 'Empty', description: 'A start and an end', make: emptyGraph },
  { value: 'tickets', title: 'Support tickets', description: 'Classify → gate → reply → review', make: ticketGraph },
  { value: 'invoices', title: 'Invoices', description: 'JSON → is a look needed? → review', make: extractGraph },
  { value: 'translation', title: 'Translation', description: 'Translate → mark → review the poor', make: translateGraph },
  { value: 'two-answers', title: 'Two answers', description: 'Side by side, the better is chosen', make: compareGraph },
  { value: 'record', title: 'Record', description: 'Fetch by HTTP → summarize', make: lookUpGraph },
  { value: 'pictures', title: 'Pictures', description: 'Describe each in a sentence', make: imageGraph },
] as const satisfies readonly Starter[];
