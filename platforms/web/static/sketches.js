// How one's own messages look on their way: at once in the conversation, then stuck, arrived or refused.

import { toast } from "./toast.js";

export function sketches(log, texts) {
  return {
    waits: ({ id, what }) => log.sketch(id, shown(what)),
    moves: ({ id }, share) => log.moves(id, share),
    fails: ({ id }, { retry, discard }) =>
      log.stuck(id, {
        onRetry: retry,
        // It goes from sight when it has gone from the device, so that no reload brings it back.
        onDiscard: async () => {
          await discard();
          log.drop(id);
        },
      }),
    arrived: ({ id }) => log.unstuck(id),
    refused: ({ id }, error) => {
      log.drop(id);
      toast(error || texts["chat-not-sent"]);
    },
  };
}

function shown({ text, location, file, kind, name }) {
  if (!file) return { text: text || "", location };
  if (kind === "photo") return { text: "", photo: { url: URL.createObjectURL(file) } };
  return { text: name };
}
