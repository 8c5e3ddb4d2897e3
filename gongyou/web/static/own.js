// 「快速离开」 on the pages of one's own cases, as in the chat.
import { startLeaving } from "./leave.js";
import { $ } from "./page.js";

$("leave").hidden = false;
startLeaving();
