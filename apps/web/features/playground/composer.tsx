import { ImagePlus, SendHorizontal, Square, X } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Textarea } from '../../ui/textarea.tsx';

const maxImageBytes = 5 * 1024 * 1024;

export interface ComposerProps {
  readonly isAnswering: boolean;
  /** Why nothing can be asked now. */
  readonly closed: string | null;
  /** Why no image can be added. */
  readonly imagesClosed: string | null;
  readonly onAsk: (text: string, images: readonly string[]) => void;
  readonly onStop: () => void;
}

export function Composer({ isAnswering, closed, imagesClosed, onAsk, onStop }: ComposerProps) {
  const [text, setText] = useState('');
  const [images, setImages] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  // Images that the model cannot see are never left out in silence.
  const unseen = images.length > 0 && imagesClosed !== null ? `${imagesClosed} Remove the images or choose another model.` : null;
  const unavailable = closed ?? unseen;
  const picker = useRef<HTMLInputElement>(null);

  function ask(event?: FormEvent) {
    event?.preventDefault();
    if (unavailable !== null || isAnswering || text.trim() === '') return;
    onAsk(text, images);
    setText('');
    setImages([]);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    ask();
  }

  async function addImage(file: File | undefined) {
    if (!file) return;
    if (file.size > maxImageBytes) return setProblem('Images may have up to 5 MB.');
    try {
      const source = await readAsDataUri(file);
      setProblem(null);
      setImages((now) => [...now, source]);
    } catch {
      setProblem('The image could not be read.');
    }
  }

  return (
    <form onSubmit={ask} className="grid gap-2">
      {(problem ?? unseen) && <p className="text-[13px] text-bad">{problem ?? unseen}</p>}
      {images.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {images.map((source, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: images are only added and removed by place
            <li key={index} className="relative">
              <img src={source} alt={`Attachment ${index + 1}`} className="h-16 rounded-md border border-line" />
              <button
                type="button"
                aria-label={`Remove attachment ${index + 1}`}
                onClick={() => setImages(images.filter((_, other) => other !== index))}
                className="absolute -top-1.5 -right-1.5 flex size-6 items-center justify-center rounded-full border border-line bg-bg"
              >
                <X aria-hidden className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Textarea
        aria-label="Message"
        placeholder="Ask something. Enter sends, Shift+Enter makes a new line."
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="flex items-center justify-between gap-2">
        <input
          ref={picker}
          type="file"
          accept="image/png,image/jpeg,image/gif,image/webp"
          hidden
          onChange={(event) => {
            void addImage(event.target.files?.[0]);
            // The same file can be chosen again.
            event.target.value = '';
          }}
        />
        <Button
          size="small"
          variant="ghost"
          icon={<ImagePlus aria-hidden className="size-4" />}
          unavailable={imagesClosed}
          onClick={() => picker.current?.click()}
        >
          Image
        </Button>
        {isAnswering ? (
          <Button icon={<Square aria-hidden className="size-3.5" />} onClick={onStop}>
            Stop
          </Button>
        ) : (
          <Button type="submit" variant="primary" icon={<SendHorizontal aria-hidden className="size-4" />} unavailable={unavailable}>
            Send
          </Button>
        )}
      </div>
    </form>
  );
}

function readAsDataUri(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new Error('The image could not be read.'));
    reader.readAsDataURL(file);
  });
}
