/** The mark of the product. */
export function Mark() {
  return (
    <span aria-hidden className="flex size-7 items-center justify-center rounded-lg bg-primary text-on-primary">
      <svg aria-hidden="true" viewBox="0 0 32 32" className="size-5">
        <path
          d="M10 7v18M10 8h8a6 6 0 0 1 0 12h-8"
          fill="none"
          stroke="currentColor"
          strokeWidth="3.6"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
    </span>
  );
}
