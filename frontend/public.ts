/** The citizen's side. Every page works without this file; it keeps what was typed and guards against double sending. */
import { watchBoard } from "./scripts/board";
import { forgetWhenIdle } from "./scripts/kiosk";
import { countCharacters } from "./scripts/count";
import { offerListening } from "./scripts/listen";
import { keepDrafts } from "./scripts/draft";
import { offerPrinting } from "./scripts/print";
import { submitOnce } from "./scripts/submit_once";
import { focusErrors } from "./scripts/errors";

focusErrors();
countCharacters();
// Phones and kiosks are shared: a draft ends with the tab.
keepDrafts({ storage: "session", owner: "public" });
submitOnce();
offerPrinting();
offerListening();
watchBoard();
forgetWhenIdle();
