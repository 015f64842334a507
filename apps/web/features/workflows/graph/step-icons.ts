import type { StepKind } from '@pipelines/contracts';
import { Bot, Globe, LogIn, LogOut, type LucideIcon, Split, UserCheck, Wand } from 'lucide-react';

export const stepIcons: Record<StepKind, LucideIcon> = {
  start: LogIn,
  llm: Bot,
  gate: Split,
  review: UserCheck,
  http: Globe,
  transform: Wand,
  end: LogOut,
};
