/** English has more bytes a token, code and other scripts about as many: rather too many tokens than too few. */
export const bytesPerToken = 3;
/** What large pictures are charged at; sound is counted as if it were such a picture. */
export const tokensPerAttachment = 2_000;
