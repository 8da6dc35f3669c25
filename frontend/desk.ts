/** The staff's side. Every page works without this file; it keeps what was typed, guards sending and adds shortcuts. */
import { answerByKeys } from "./scripts/answers";
import { autosave } from "./scripts/autosave";
import { countCharacters } from "./scripts/count";
import { keepDrafts } from "./scripts/draft";
import { focusErrors } from "./scripts/errors";
import { drawPanels } from "./scripts/panels";
import { offerPrinting } from "./scripts/print";
import { readFields } from "./scripts/reading";
import { openScans } from "./scripts/scan";
import { bindShortcuts } from "./scripts/shortcuts";
import { submitOnce } from "./scripts/submit_once";

focusErrors();
countCharacters();
// A session may end in the middle of a form; the text outlives it for a day, for the same person only.
keepDrafts({ storage: "local", owner: document.body.dataset["viewer"] ?? "" });
autosave();
readFields();
drawPanels();
answerByKeys();
submitOnce();
offerPrinting();
openScans();
bindShortcuts();
