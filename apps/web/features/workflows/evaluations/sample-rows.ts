/** Support tickets with the label that a person would give: something to begin with, for the template of pipelines. */
export const sampleRows = [
  ['The export button does nothing since the update.', 'bug'],
  ['I was charged twice in March.', 'billing'],
  ['Could you add a dark theme?', 'idea'],
  ['The page is blank after I sign in.', 'bug'],
  ['Please send the invoice to our new address.', 'billing'],
  ['It would help to search by date.', 'idea'],
  ['An error 500 comes up when I save.', 'bug'],
  ['How do I change the card on file?', 'billing'],
  ['Let us sort the table by name.', 'idea'],
  ['The app crashes when I upload a photo.', 'bug'],
  ['Do you offer a discount for schools?', 'billing'],
  ['A keyboard shortcut for new tasks, please.', 'idea'],
].map(([ticket = '', label = '']) => ({ input: { ticket }, expected: { label } }));
