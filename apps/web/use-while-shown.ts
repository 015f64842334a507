import { useCallback, useEffect, useRef } from 'react';

/**
 * Leads on, such as to another page or to a closed dialog, only where whoever asked is still there: an answer that comes
 * late takes nobody away from what they do meanwhile.
 */
export function useWhileShown(): <Result>(lead: () => Result) => Result | undefined {
  const isShown = useRef(false);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  return useCallback((lead) => (isShown.current ? lead() : undefined), []);
}
