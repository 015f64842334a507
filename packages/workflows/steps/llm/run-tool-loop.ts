import type { ChatMessage, StepOf } from '@pipelines/contracts';
import type { ChatOnceResult, EndedAttempt } from '@pipelines/gateway';
import Big from 'big.js';
import type { ToolSession } from '../../tools/session/tool-session.ts';
import { StepFailure } from '../step-failure.ts';
import type { BuiltChat } from './build-chat.ts';

/** One call to the model. `round` counts them from 1. */
export type AskModel = (body: BuiltChat['body'], round: number, onAttempt: (attempt: EndedAttempt) => void) => Promise<ChatOnceResult>;

export interface LoopResult {
  readonly answer: ChatOnceResult;
  readonly notes: readonly string[];
}

/**
 * Asks, makes the calls that the model asks for, tells it what they answered, and asks again, until it answers without a
 * call. After the last round that the step allows it must answer with what it has.
 *
 * @param cost goes on counting where an earlier try of the run has ended
 * @throws StepFailure `tool_limit_reached` where it still calls, or has cost more than the step allows
 */
export async function runToolLoop(
  { name, config }: StepOf<'llm'>,
  body: BuiltChat['body'],
  session: ToolSession,
  ask: AskModel,
  cost: CostLimit,
  signal: AbortSignal,
): Promise<LoopResult> {
  const messages: ChatMessage[] = [...body.messages];
  const thinking: string[] = [];
  for (let round = 1; ; round += 1) {
    const isLast = round > config.max_tool_rounds;
    const answer = await ask({ ...body, messages, tools: session.tools, ...(isLast && { tool_choice: 'none' as const }) }, round, cost.add);
    if (answer.thinking !== null) thinking.push(answer.thinking);
    if (answer.toolCalls.length === 0) {
      const notes = isLast ? [`It had used its ${countRounds(config.max_tool_rounds)}, and had to answer with what it knew.`] : [];
      return { answer: { ...answer, thinking: thinking.length === 0 ? null : thinking.join('\n\n') }, notes };
    }
    if (isLast) {
      const message = `The step "${name}" may use tools for ${config.max_tool_rounds} rounds, and its model asks for more.`;
      throw new StepFailure('tool_limit_reached', message);
    }
    cost.check();
    const results = await session.callAll(answer.toolCalls, round, signal);
    messages.push(answer.message);
    for (const [index, call] of answer.toolCalls.entries()) {
      messages.push({ role: 'tool', tool_call_id: call.id, content: results[index] ?? '' });
    }
  }
}

const countRounds = (rounds: number) => (rounds === 1 ? 'one round of tools' : `${rounds} rounds of tools`);

/** What the calls of one run have cost, over all its tries and models. */
export interface CostLimit {
  readonly add: (attempt: EndedAttempt) => void;
  /** Before more is spent. @throws StepFailure `tool_limit_reached` */
  readonly check: () => void;
}

export function createCostLimit({ name: step, config }: StepOf<'llm'>): CostLimit {
  const limit = config.max_tool_cost ?? null;
  let spent = new Big(0);
  let known = true;
  return {
    add({ end, cost }) {
      if (cost !== null) spent = spent.plus(cost);
      else if (end.status !== 'failed') known = false;
    },
    check() {
      if (limit === null) return;
      if (!known) {
        const message = `The step "${step}" may cost $${limit} with its tools, but what a call of its model costs is not known.`;
        throw new StepFailure('tool_limit_reached', `${message} Enter the model's prices, or take the limit away.`);
      }
      if (spent.gte(limit)) {
        throw new StepFailure(
          'tool_limit_reached',
          `The step "${step}" may cost $${limit} with its tools, and has cost $${spent.toFixed()}.`,
        );
      }
    },
  };
}
