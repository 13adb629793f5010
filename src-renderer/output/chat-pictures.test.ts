import { expect, test } from 'vitest';
import { chatPictures } from './chat-pictures.ts';

test('images beside a text are shown, addresses are not fetched', () => {
  const image = (url: string) => ({ type: 'image_url', image_url: { url } });
  const images = [image('https://x.test/a.png'), image('data:image/png;base64,iVBORw0KGgo=')];
  const choices = [
    { index: 0, message: { content: '' } },
    { index: 1, message: { images } },
  ];
  expect(chatPictures({ object: 'chat.completion', choices })).toEqual([
    { name: 'image 1/1', base64: 'iVBORw0KGgo=' },
  ]);
  expect(chatPictures({ choices: [null, { message: { images: 'x' } }] })).toEqual([]);
  expect(chatPictures(null)).toEqual([]);
});
