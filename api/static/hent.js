// The pages are whole without this. It adds suggestions, the own position on a click, moving the map, fresh boards, and
// answers that Back, reload and bookmarks find again.
import { keepsIt, offersKept } from "./coming_back.js";
import { followed } from "./followed.js";
import { offerPosition } from "./here.js";
import { keepFresh } from "./refresh.js";
import { livened } from "./map.js";
import { tellsItsAge, worksOffline } from "./offline.js";
import { tellsPast } from "./past.js";
import { printsCard, printsPage } from "./print.js";
import { remembersWho } from "./profile.js";
import { keepQuestion } from "./question.js";
import { suggest } from "./suggest.js";
import { remembersSent, takeSent, tellsUnanswered } from "./unanswered.js";

const each = (what, does) => document.querySelectorAll(what).forEach(does);

function enhance() {
  each("[data-place]", suggest);
  each("[data-here]", offerPosition);
  each("[data-map]", livened);
  each(".option[data-option]", followed);
  each("[data-who]", remembersWho);
  each("[data-board]", keepFresh);
  each("[data-now]", tellsPast);
  each("[data-kept]", offersKept);
  each("[data-keep]", keepsIt);
  each("[data-offline]", tellsItsAge);
  each("[data-print]", printsPage);
  each("[data-print-card]", printsCard);
}

const sent = takeSent();
each("[data-unanswered]", (part) => tellsUnanswered(part, sent));
keepQuestion(enhance, (entry) => entry.querySelectorAll("[data-print-card]").forEach(printsCard));
remembersSent();
worksOffline();
