import { z } from 'zod';

export const mostTags = 50;

const tag = z.string().trim().min(1).max(100);

/** Tags of a filter: all of them. One that was made long ago may have a comma. */
export const tags = z.array(tag).max(mostTags);

/** A tag that is given to something: with a comma it could not be asked for in an address, where `?tags=a,b` are two. */
export const newTag = tag.regex(/^[^,]*$/, { error: 'A tag has no comma: give two tags for two words.' });

export const newTags = z.array(newTag).max(mostTags);
