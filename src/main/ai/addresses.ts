/** Where the providers' own servers are; in a file of its own, so that nobody loads a library to know it. */
export const anthropicAddress = 'https://api.anthropic.com';
export const openAiAddress = 'https://api.openai.com/v1';
