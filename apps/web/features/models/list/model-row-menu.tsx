import type { Model } from '@pipelines/contracts';
import { Link } from '@tanstack/react-router';
import { Ellipsis, MessagesSquare, Pencil, PlugZap, SquareArrowOutUpRight, Star, Trash2 } from 'lucide-react';
import { useSession } from '../../../session-query.ts';
import { Button } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { useMakeDefault } from '../../../use-make-default.ts';
import { modelActionReasons } from './model-action-reasons.ts';
import { useTestModel } from './use-test-model.ts';

export interface ModelRowMenuProps {
  readonly model: Model;
  readonly isTesting: boolean;
  readonly onEdit: (model: Model) => void;
  readonly onDelete: (model: Model) => void;
}

export function ModelRowMenu({ model, isTesting, onEdit, onDelete }: ModelRowMenuProps) {
  const session = useSession();
  const test = useTestModel();
  const makeDefault = useMakeDefault();
  const reasons = modelActionReasons(model, session?.permissions ?? []);
  return (
    <Menu
      trigger={
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Actions for ${model.display_name}`}
          icon={<Ellipsis aria-hidden className="size-4" />}
        />
      }
      actions={[
        { label: 'Open', icon: <SquareArrowOutUpRight />, link: <Link to="/models/$slug" params={{ slug: model.slug }} /> },
        {
          label: 'Try in the playground',
          icon: <MessagesSquare />,
          unavailable: reasons.try,
          link: <Link to="/playground" search={{ model: model.slug }} />,
        },
        { label: 'Edit', icon: <Pencil />, unavailable: reasons.edit, onSelect: () => onEdit(model) },
        {
          label: 'Test connection',
          icon: <PlugZap />,
          unavailable: isTesting ? 'A test is running.' : reasons.test,
          onSelect: () => test.mutate(model),
        },
        { label: 'Make default', icon: <Star />, unavailable: reasons.makeDefault, onSelect: () => makeDefault.mutate(model) },
        {
          label: 'Delete…',
          icon: <Trash2 />,
          danger: true,
          separated: true,
          unavailable: reasons.delete,
          onSelect: () => onDelete(model),
        },
      ]}
    />
  );
}
