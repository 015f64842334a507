import { Moon, Sun } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { chooseTheme, useTheme } from './theme.ts';

export function ThemeToggle() {
  const { seen } = useTheme();
  const other = seen === 'dark' ? 'light' : 'dark';
  const Icon = seen === 'dark' ? Sun : Moon;
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label={`Use the ${other} theme`}
      icon={<Icon aria-hidden className="size-4" />}
      onClick={() => chooseTheme(other)}
    />
  );
}
