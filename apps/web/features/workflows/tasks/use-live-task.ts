import { routes, type TaskDetail, type TaskEvent } from '@pipelines/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { fillAddress } from '../../../api-client.ts';
import { useEvents } from '../../../use-events.ts';
import { taskQuery } from '../workflow-queries.ts';
import { type LiveAnswer, putAnswer, putEvent } from './task-events.ts';

const noAnswers: ReadonlyMap<string, LiveAnswer> = new Map();

/** A task that follows the server, and the answers that are just coming; asked for again and again where it cannot listen. */
export function useLiveTask(id: string) {
  const queryClient = useQueryClient();
  const [answers, setAnswers] = useState(noAnswers);
  const query = taskQuery(id);
  const take = (event: TaskEvent) => {
    if (event.type === 'answer') setAnswers((now) => putAnswer(now, event));
    else {
      // An answer that was asked for before may come later, and would be older.
      if (event.type === 'snapshot') void queryClient.cancelQueries({ queryKey: query.queryKey });
      queryClient.setQueryData(query.queryKey, (task: TaskDetail | undefined) => putEvent(task, event));
    }
  };
  const isLive = useEvents(fillAddress(routes.watchTask.path, { id }), routes.watchTask.success.events, take);
  const task = useQuery({ ...query, enabled: !isLive });
  return { task, answers };
}
