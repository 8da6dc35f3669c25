/** The screen of the hall asks for itself again and again; when the network is gone it keeps what it shows and goes on trying.
 *
 *  <main data-board="5">              every five seconds; after a failure each pause is twice as long, at most ten seconds
 *  <li data-call="…" data-said="…">   a call with its sentence; one whose mark is new is spoken twice
 *  [data-board-lost]                  shown as long as the server does not answer
 *  [data-board-voice]                 browsers speak only after somebody pressed something once
 */

const LONGEST_PAUSE = 10;
const LONGEST_ANSWER_MS = 8000;

export function watchBoard(): void {
  const board = document.querySelector<HTMLElement>("[data-board]");
  if (!board) return;
  const first = Number(board.dataset["board"]) || 5;
  const heard = new Set(marks(board));
  offerVoice(board);
  let pause = first;
  const again = (): void => {
    window.setTimeout(() => {
      void renew(board, heard).then((answered) => {
        pause = answered ? first : Math.min(pause * 2, LONGEST_PAUSE);
        for (const lost of board.querySelectorAll<HTMLElement>("[data-board-lost]")) lost.hidden = answered;
        again();
      });
    }, pause * 1000);
  };
  again();
}

function marks(board: ParentNode): string[] {
  return [...board.querySelectorAll<HTMLElement>("[data-call]")].map((call) => call.dataset["call"] ?? "");
}

/** Fetch this very page and put its live part in the place of ours; false when there was no answer. */
async function renew(board: HTMLElement, heard: Set<string>): Promise<boolean> {
  const stop = new AbortController();
  const timer = window.setTimeout(() => stop.abort(), LONGEST_ANSWER_MS);
  try {
    const answer = await fetch(window.location.href, { cache: "no-store", signal: stop.signal });
    if (!answer.ok) return false;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("hall-live");
    if (!fresh) return false;
    document.getElementById("hall-live")?.replaceWith(document.adoptNode(fresh));
    for (const call of [...board.querySelectorAll<HTMLElement>("[data-call]")].reverse()) {
      const mark = call.dataset["call"] ?? "";
      if (heard.has(mark)) continue;
      heard.add(mark);
      speak(call.dataset["said"] ?? "", 2);
    }
    return true;
  } catch {
    return false; // no network, or too slow an answer: the next round tries again
  } finally {
    window.clearTimeout(timer);
  }
}

function voice(): SpeechSynthesisVoice | undefined {
  const language = (document.documentElement.lang || "zh-CN").slice(0, 2);
  return window.speechSynthesis?.getVoices().find((each) => each.lang.startsWith(language));
}

/** Without a voice for the language of the page the sentence stays on the screen alone. */
function speak(said: string, times: number): void {
  const chosen = voice();
  if (!chosen || !said) return;
  for (let n = 0; n < times; n += 1) {
    const sentence = new SpeechSynthesisUtterance(said);
    sentence.voice = chosen;
    sentence.lang = chosen.lang;
    sentence.rate = 0.9;
    window.speechSynthesis.speak(sentence);
  }
}

function offerVoice(board: HTMLElement): void {
  const button = board.querySelector<HTMLButtonElement>("[data-board-voice]");
  if (!button || !window.speechSynthesis) return;
  const show = (): void => {
    button.hidden = button.hidden && !voice();
  };
  show();
  window.speechSynthesis.addEventListener?.("voiceschanged", show);
  button.addEventListener("click", () => {
    speak(board.querySelector<HTMLElement>("[data-call]")?.dataset["said"] ?? button.textContent ?? "", 1);
    button.remove();
  });
}
