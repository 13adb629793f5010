import { isObject, type JsonObject, type JsonValue, stringOf } from '../../src-core/json.ts';

/** A file in a data URL: only what is an image, as base64. */
export function imageInUrl(url: string): string | null {
  const head = /^data:image\/[\w.+-]+;base64,/.exec(url);
  return head ? url.slice(head[0].length) : null;
}

/**
 * The images of a `chat.completion`, choice by choice: OpenRouter puts them beside the text, as `images`
 * with data URLs. Others are left out: nothing is fetched.
 */
export function chatPictures(root: JsonObject | null): { name: string; base64: string }[] {
  const found: { name: string; base64: string }[] = [];
  listOf(root?.choices).forEach((choice, index) => {
    const message = isObject(choice) && isObject(choice.message) ? choice.message : {};
    listOf(message.images).forEach((image, at) => {
      const place = isObject(image) && isObject(image.image_url) ? image.image_url : {};
      const base64 = imageInUrl(stringOf(place.url));
      if (base64 !== null) found.push({ name: `image ${index}/${at}`, base64 });
    });
  });
  return found;
}

function listOf(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : [];
}
